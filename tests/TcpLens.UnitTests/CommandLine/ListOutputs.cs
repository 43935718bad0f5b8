using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens list</c> through the command line.</summary>
[Collection(CommandRun.Collection)]
public sealed class ListOutputs
{
    private static FakeKernel Kernel => new() { Sockets = SampleReadings.Sockets };

    [Theory]
    [InlineData("plain", "en", "list")]
    [InlineData("plain", "zh", "list")]
    [InlineData("namespaces", "en", "list", "--netns", "all")]
    [InlineData("json", "en", "list", "--json")]
    [InlineData("sorted", "en", "list", "--sort", "sendq", "--limit", "2")]
    [InlineData("reversed", "en", "list", "-r", "-s", "lport")]
    [InlineData("filtered", "zh", "list", "state:established", "port:443")]
    [InlineData("nothing", "en", "list", "state:closing", "--json")]
    public void A_list_reads_as_committed(string name, string language, params string[] arguments) =>
        Golden.Match($"list.{name}.{language}", CommandRun.Of(Kernel, [.. arguments, "--lang", language]).Good());

    [Fact]
    public void The_table_of_short_addresses_fits_80_columns()
    {
        var kernel = new FakeKernel { Sockets = [.. SampleReadings.Sockets.Where(listed => listed.Socket.Local.Address.IsV4)] };
        CommandRun.AssertFits(CommandRun.Of(kernel, "list").Good());
        CommandRun.AssertFits(CommandRun.Of(kernel, "list", "--lang", "zh").Good());
    }

    [Fact]
    public void The_kernel_is_asked_for_no_other_states_than_the_filter_wants()
    {
        var kernel = Kernel;
        CommandRun.Of(kernel, "list", "state:time_wait").Good();
        Assert.Equal(default(StateMask).With(TcpState.TimeWait), kernel.AskedStates);
    }

    [Fact]
    public void Names_of_namespaces_choose_among_all()
    {
        string list = CommandRun.Of(Kernel, "list", "netns:web", "--json").Good();
        using var json = JsonDocument.Parse(list);
        Assert.Equal(2, json.RootElement.GetProperty("shown").GetInt32());
    }

    [Theory]
    [InlineData("--limit", "2")]
    [InlineData("--limit", "2", "--sort", "state")]
    public void A_limit_holds_over_all_namespaces(params string[] options)
    {
        using var json = JsonDocument.Parse(CommandRun.Of(Kernel, ["list", "--json", "--netns", "all", .. options]).Good());
        Assert.Equal(2, json.RootElement.GetProperty("connections").GetArrayLength());
    }

    [Fact]
    public void Sorting_keeps_the_first_in_order_of_many()
    {
        var sockets = Enumerable.Range(0, 20_000).Select(i => new ListedSocket("host", new SocketRecord
        {
            State = TcpState.Established,
            Local = new TcpEndpoint(default, (ushort)(i * 7919 % 60_000)),
        })).ToList();
        using var json = JsonDocument.Parse(CommandRun.Of(new FakeKernel { Sockets = sockets }, "list", "--json", "--sort", "lport", "--limit", "100").Good());
        var ports = json.RootElement.GetProperty("connections").EnumerateArray().Select(one => one.GetProperty("local_port").GetInt32());
        Assert.Equal(sockets.Select(one => (int)one.Socket.Local.Port).Order().Take(100), ports);
    }

    [Fact]
    public void Without_a_limit_the_first_thousand_are_sorted()
    {
        var sockets = Enumerable.Range(0, 1500).Select(i => new ListedSocket("host", new SocketRecord { State = TcpState.Established, SendQueue = (uint)i })).ToList();
        using var json = JsonDocument.Parse(CommandRun.Of(new FakeKernel { Sockets = sockets }, "list", "--json", "--sort", "sendq").Good());
        Assert.Equal(1000, json.RootElement.GetProperty("shown").GetInt32());
        Assert.Equal(1499, json.RootElement.GetProperty("connections")[0].GetProperty("send_q").GetInt32());
    }

    [Fact]
    public void What_is_missing_from_a_table_is_said_on_standard_error_and_in_JSON_in_the_document()
    {
        var kernel = new FakeKernel { Sockets = SampleReadings.Sockets, Pass = new Pass { Completeness = Completeness.Partial, Reason = new("IPv6 is missing", "缺少 IPv6") } };
        Assert.Equal("tcplens: 列表不完整：缺少 IPv6\n", CommandRun.Of(kernel, "list", "--lang", "zh").Error);
        using var json = JsonDocument.Parse(CommandRun.Of(kernel, "list", "--json", "--lang", "zh").Good());
        Assert.Equal("partial", json.RootElement.GetProperty("completeness").GetString());
        Assert.Equal("IPv6 is missing", json.RootElement.GetProperty("completeness_reason").GetString());
    }
}
