using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.TestKit;
using TcpLens.UnitTests.Owners;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens by</c>, and the owners of <c>tcplens list</c>, through the command line.</summary>
[Collection(CommandRun.Collection)]
public sealed class ByOutputs
{
    private static FakeKernel Kernel => new() { Sockets = SampleReadings.Sockets, Owners = FakeOwners.OfSamples };

    [Theory]
    [InlineData("service", "en", "by", "service")]
    [InlineData("service", "zh", "by", "service")]
    [InlineData("process", "en", "by", "process", "--netns", "all")]
    [InlineData("container", "en", "by", "container")]
    [InlineData("user", "en", "by", "user")]
    [InlineData("port", "en", "by", "port", "--top", "2")]
    [InlineData("port", "zh", "by", "port", "--top", "2")]
    [InlineData("remote-24", "en", "by", "remote/24")]
    [InlineData("filtered", "en", "by", "remote", "service:nginx*", "!state:listen")]
    [InlineData("json", "en", "by", "service", "--json")]
    [InlineData("csv", "en", "by", "service", "--csv", "--top", "1")]
    [InlineData("list", "en", "list", "--owners")]
    [InlineData("list", "zh", "list", "--owners", "--netns", "all")]
    [InlineData("list-json", "en", "list", "--owners", "--json")]
    public void Groups_read_as_committed(string name, string language, params string[] arguments) =>
        Golden.Match($"by.{name}.{language}", CommandRun.Of(Kernel, [.. arguments, "--lang", language]).Good());

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void What_has_no_owner_is_a_row_and_a_remark(string language)
    {
        var kernel = new FakeKernel { Sockets = SampleReadings.Sockets, Denied = 214 };
        Golden.Match($"by.unknown.{language}", CommandRun.Of(kernel, "by", "service", "--lang", language).Good());
    }

    [Theory]
    [InlineData("service")]
    [InlineData("process")]
    [InlineData("remote/16,48")]
    public void The_table_fits_80_columns(string key)
    {
        CommandRun.AssertFits(CommandRun.Of(Kernel, "by", key).Good());
        CommandRun.AssertFits(CommandRun.Of(Kernel, "by", key, "--lang", "zh").Good());
    }

    [Fact]
    public void Owners_are_searched_for_only_when_they_are_asked_for()
    {
        var kernel = Kernel;
        CommandRun.Of(kernel, "by", "port", "state:time_wait").Good();
        Assert.Equal(0, kernel.OwnersAsked);
        Assert.Equal(default(StateMask).With(TcpState.TimeWait), kernel.AskedStates);
        CommandRun.Of(kernel, "by", "port", "process:nginx").Good();
        CommandRun.Of(kernel, "list", "user:root").Good();
        Assert.Equal(2, kernel.OwnersAsked);
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("port/24")]
    [InlineData("remote/33,200")]
    [InlineData("remote/")]
    public void An_unknown_key_is_refused(string key) => CommandRun.Of(Kernel, "by", key).Refused();

    [Theory]
    [InlineData("--top", "0")]
    [InlineData("--top", "many")]
    [InlineData("--json", "--csv")]
    public void Wrong_options_are_refused(params string[] options) => CommandRun.Of(Kernel, ["by", "service", .. options]).Refused();

    [Fact]
    public void A_hundred_thousand_connections_of_fifty_thousand_remotes_are_counted_exactly()
    {
        var sockets = Enumerable.Range(0, 100_000).Select(i => new ListedSocket("host", new SocketRecord
        {
            State = TcpState.Established,
            Family = SocketFamily.IPv4,
            Remote = new TcpEndpoint(new IpAddress(((UInt128)0xffff << 32) | (uint)(i % 50_000)), 443),
        })).ToList();
        using var json = JsonDocument.Parse(CommandRun.Of(new FakeKernel { Sockets = sockets }, "by", "remote", "--json", "--top", "10").Good());
        Assert.All(json.RootElement.GetProperty("groups").EnumerateArray(), group => Assert.Equal(2, group.GetProperty("total").GetInt32()));
        Assert.Equal(99_980, json.RootElement.GetProperty("other").GetProperty("total").GetInt32());
        Assert.Equal(49_990, json.RootElement.GetProperty("other").GetProperty("groups").GetInt32());
    }

    [Fact]
    public void An_incomplete_count_says_so()
    {
        var kernel = new FakeKernel { Sockets = SampleReadings.Sockets, Pass = new Pass { Completeness = Completeness.Partial, Reason = new("IPv6 is missing", "缺少 IPv6") } };
        Assert.Contains("* 计数不完整：缺少 IPv6\n", CommandRun.Of(kernel, "by", "port", "--lang", "zh").Good());
    }
}
