using System.Net;
using System.Net.Sockets;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>What keeps <c>tcplens serve</c> from starting is said in one message, with what to do.</summary>
public sealed class Refusals : IDisposable
{
    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var outcome = await RunAsync("--listen", other.LocalEndpoint.ToString()!);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches($@"(?m)^tcplens: Cannot listen on {other.LocalEndpoint}: .*in use.*$", outcome.Error);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("*:0")]
    public async Task Beyond_loopback_a_token_is_needed(string address)
    {
        var outcome = await RunAsync("--listen", address);
        Assert.InRange(outcome.ExitCode, 1, 2);
        Assert.Equal("", outcome.Output);
        Assert.Contains("token_file", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_in_the_file_is_told_with_its_place()
    {
        _home.Configure("[sampling]\nintervall = \"5s\"\n[web]\nlisten = [\"127.0.0.1\"]\n");
        var outcome = await RunAsync();
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains($"{_home.Configuration}:2:1: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("interval", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"{_home.Configuration}:4:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_named_must_be_there()
    {
        var outcome = await RunAsync("--config", _home["missing.toml"]);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(_home["missing.toml"], outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_others_can_read_is_refused()
    {
        File.WriteAllText(_home["token"], "0123456789abcdef0123456789abcdef");
        File.SetUnixFileMode(_home["token"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var outcome = await RunAsync("--token-file", _home["token"]);
        Assert.InRange(outcome.ExitCode, 1, 2);
        Assert.Contains("chmod o-rwx", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", outcome.Error, StringComparison.Ordinal);
    }

    private Task<BinaryOutcome> RunAsync(params string[] options) => Daemon.RunAsync(new DaemonStart
    {
        Options = ["--socket", _home.Socket, "--history-file", _home.History, .. options.Contains("--config") ? options : ["--config", _home.Configuration, .. options]],
    });
}
