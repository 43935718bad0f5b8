using System.Net.Sockets;
using System.Text;
using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Linux.Namespaces;
using TcpLens.LocalSocket;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>One-shot commands ask the resident monitor; where that is not to be had they read for themselves.</summary>
public sealed class LocalSockets : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tcplens-socket-").FullName;

    private string SocketPath => Path.Combine(_directory, "socket");

    private LocalClient Client => new(name => name == LocalClient.PathVariable ? SocketPath : null);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_key_is_answered_out_of_the_report()
    {
        await using var server = Start();
        long timeWait = SampleDetails.WebServer.States.Counts[TcpState.TimeWait]!.Value.Total;
        Assert.Equal((timeWait.ToString(), true), (Client.Key("TIME_WAIT")!.Value.Text, Client.Key("TIME_WAIT")!.Value.IsSupported));
        Assert.Equal(timeWait.ToString(), Client.Key("tcplens.state[time_wait]")!.Value.Text);
        Assert.Equal(TcpStates.All.Sum(info => SampleDetails.WebServer.States.Counts[info.State]?.Total ?? 0).ToString(), Client.Key("tcplens.state[]")!.Value.Text);
        Assert.Equal(StatesDocuments.Text(SampleDetails.WebServer, SampleReports.Tick(1).Health), Client.Key("tcplens.states")!.Value.Text.Replace(ProductVersion.Text, "1.0.0", StringComparison.Ordinal));
        Assert.StartsWith("{\"judged\":23,\"open\":0,\"worst\":0,\"rules\":[{\"rule\":\"reading\",", Client.Key("tcplens.findings")!.Value.Text, StringComparison.Ordinal);
        var unknown = Client.Key("TIME_WAITING")!.Value;
        Assert.False(unknown.IsSupported);
        Assert.StartsWith("ZBX_NOTSUPPORTED\0", unknown.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_states_come_through_unchanged()
    {
        var counts = SampleDetails.WebServer.States with { Completeness = Core.Sources.Completeness.Interrupted, CompletenessReason = new Core.Text.Phrase("moved", "变动") };
        await using var server = Start(SampleReports.Tick(1, SampleDetails.WebServer with { States = counts }));
        var came = Client.States()!;
        var sent = SampleReports.Tick(1).ToHostReading()!;
        Assert.Equal((sent.HostName, sent.Kernel, sent.At), (came.HostName, came.Kernel, came.At));
        var one = Assert.Single(came.Namespaces);
        Assert.Equal(("host", 4026531840UL), (one.Name, one.Id));
        Assert.Equal("变动", one.Reading!.CompletenessReason!.Value.Chinese);
        Assert.Equal(counts.Duration, one.Reading.Duration);
        Assert.All(TcpStates.All, info => Assert.Equal(counts.Counts[info.State], one.Reading.Counts[info.State]));
    }

    [Theory]
    [InlineData("tcplens.state[time_wait,443]")]
    [InlineData("tcplens.netns.discovery")]
    public async Task What_is_not_in_the_report_is_left_to_the_asker(string key)
    {
        await using var server = Start();
        Assert.Null(Client.Key(key));
    }

    [Fact]
    public async Task An_asker_in_another_network_namespace_is_not_answered()
    {
        await using var server = Start(inode: OwnNamespace.Inode + 1);
        Assert.Null(Client.Key("TIME_WAIT"));
        Assert.Null(Client.States());
    }

    [Fact]
    public void Without_a_monitor_there_is_no_answer() => Assert.Null(Client.Key("TIME_WAIT"));

    [Fact]
    public async Task Why_nobody_answers_is_known()
    {
        var client = Client;
        Assert.Equal("tcplens serve is not asked here", client.Presence.Absence!.Value.English);
        client.Key("tcplens.states");
        Assert.Equal($"tcplens serve does not run: nobody listens at {SocketPath}", client.Presence.Absence!.Value.English);
        await using (Start(inode: OwnNamespace.Inode + 1))
        {
            client.Key("tcplens.states");
            Assert.Equal($"tcplens serve at {SocketPath} has nothing for this network namespace", client.Presence.Absence!.Value.English);
        }

        await using (Start())
        {
            client.Key("tcplens.states");
            Assert.True(client.Presence.Runs);
        }

        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(SocketPath));
        silent.Listen();
        var asked = Task.Run(() => client.Key("tcplens.states"), TestContext.Current.CancellationToken);
        (await silent.AcceptAsync(TestContext.Current.CancellationToken)).Dispose();
        Assert.Null(await asked);
        Assert.Equal($"tcplens serve hangs: no answer at {SocketPath}", client.Presence.Absence!.Value.English);
    }

    [Fact]
    public async Task A_socket_that_was_left_behind_is_taken_over()
    {
        // The library removes the file that it made; one that a killed process left is made by giving it another name.
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(SocketPath + ".killed"));
            File.Move(SocketPath + ".killed", SocketPath);
        }

        Assert.True(File.Exists(SocketPath));
        Assert.Null(Client.Key("TIME_WAIT"));
        await using var server = Start();
        Assert.NotNull(Client.Key("TIME_WAIT"));
    }

    [Fact]
    public async Task The_socket_of_another_monitor_is_left_alone()
    {
        await using var first = Start();
        Assert.Contains("another tcplens", Assert.Throws<LocalSocketException>(() => Start()).Reason.English, StringComparison.Ordinal);
        Assert.NotNull(Client.Key("TIME_WAIT"));
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(SocketPath, "precious");
        Assert.Contains("is in the way", Assert.Throws<LocalSocketException>(() => Start()).Reason.English, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public async Task Only_user_and_group_may_ask()
    {
        await using var server = Start();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public async Task The_socket_goes_with_the_monitor()
    {
        await Start().DisposeAsync();
        Assert.False(File.Exists(SocketPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("TCPLENS1\u0001\0")]
    [InlineData("TCPLENS1\u0009\0half")]
    public async Task Nonsense_is_not_answered_and_hurts_nobody(string nonsense)
    {
        await using var server = Start();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            socket.Send(Encoding.Latin1.GetBytes(nonsense));
            socket.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, ReceivedBytes(socket));
        }

        Assert.NotNull(Client.Key("TIME_WAIT"));
    }

    [Fact]
    public async Task Many_may_ask_at_once()
    {
        await using var server = Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Client.Key("TIME_WAIT"))));
        Assert.DoesNotContain(null, answers);
    }

    [Fact]
    public void A_broken_answer_is_none()
    {
        byte[] whole = ReadingCodec.ToBytes(SampleReports.Tick(1).ToHostReading()!);
        Assert.True(ReadingCodec.TryParse(whole, out _));
        for (int length = 0; length < whole.Length; length++)
            Assert.False(ReadingCodec.TryParse(whole[..length], out _), $"{length} of {whole.Length} bytes");
    }

    // The server closes with the question unread: the end may come as a reset.
    private static int ReceivedBytes(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[16]);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private LocalServer Start(Report? report = null, ulong? inode = null) =>
        LocalServer.Start(SocketPath, null, inode ?? OwnNamespace.Inode, _ => Task.FromResult(report ?? SampleReports.Tick(1)));
}
