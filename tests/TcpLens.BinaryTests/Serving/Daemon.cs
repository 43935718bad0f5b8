using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpLens.BinaryTests.Zabbix;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>
/// A running <c>tcplens serve</c>, as a user or systemd starts it. What it says is kept; its web server is reached in its own network namespace.
/// Killed when the test ends, unless it has ended.
/// </summary>
internal sealed class Daemon : IAsyncDisposable
{
    // The first line is the process's number, whatever stands before the program; what follows is what the program says.
    private const string Introduction = "echo $$; exec \"$@\"";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _client;

    private Daemon(DaemonStart how)
    {
        string[] words = [.. how.Around, "/bin/sh", "-c", Introduction, "sh", .. how.As, Path.Combine(UserShell.Directory, "tcplens"), "serve", .. how.Options];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("TCPLENS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in UserShell.Surroundings.Select(one => (one.Key, one.Value)).Concat(how.Environment))
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The number of the program's own process.</summary>
    public int Id => _id.Task.Result;

    /// <summary>What it printed for people: where the dashboard is.</summary>
    public Uri Address => _address.Task.Result!;

    /// <summary>What it has logged so far.</summary>
    public string Log => Text(_errors);

    public bool HasEnded => _process.HasExited;

    public HttpClient Client => _client ??= NewClient();

    /// <summary>Starts it and waits until it has said where its dashboard is.</summary>
    public static async Task<Daemon> StartAsync(DaemonStart how)
    {
        var daemon = new Daemon(how);
        if (await daemon._address.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken) is not null)
            return daemon;
        var outcome = await daemon.EndAsync();
        await daemon.DisposeAsync();
        throw new InvalidOperationException($"tcplens serve ended with {outcome.ExitCode}: {outcome.Error}");
    }

    /// <summary>Starts one that is to end by itself.</summary>
    public static async Task<BinaryOutcome> RunAsync(DaemonStart how)
    {
        await using var daemon = new Daemon(how);
        return await daemon.EndAsync();
    }

    /// <summary>A client of this server, in its network namespace.</summary>
    public HttpClient NewClient(SocketsHttpHandler? handler = null)
    {
        handler ??= new SocketsHttpHandler();
        handler.UseProxy = false;
        handler.AllowAutoRedirect = false;
        handler.ConnectCallback = (to, end) => ValueTask.FromResult<Stream>(new NetworkStream(Connect((IPEndPoint)EndPointOf(to.DnsEndPoint)), ownsSocket: true));
        return new HttpClient(handler) { BaseAddress = Address, Timeout = Eventually.Patience };
    }

    public async Task<JsonElement> JsonAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}\n{Log}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The latest report as soon as it is as wanted.</summary>
    public Task<JsonElement> ReportAsync(Func<JsonElement, bool> isWanted) => Eventually.Is(() => JsonAsync("/api/v1/report"), isWanted, () => "no report came that is as wanted\n" + Log);

    /// <summary>Every stored sample of the last hour and every annotation, as soon as they are as wanted.</summary>
    public Task<JsonElement> HistoryAsync(Func<JsonElement, bool> isWanted) =>
        Eventually.Is(() => JsonAsync("/api/v1/history?from=-1h&points=10000&series=sockets.listen"), isWanted, () => "the history did not become as wanted\n" + Log);

    /// <summary>The log as soon as something stands in it.</summary>
    public async Task<string> LogAsync(string what)
    {
        await Eventually.Is(() => Log.Contains(what, StringComparison.Ordinal), () => $"'{what}' was never logged:\n{Log}");
        return Log;
    }

    public void Send(int signal) => Signal.Send(Id, signal);

    /// <summary>Tells it to end and waits until it has.</summary>
    public Task<BinaryOutcome> StopAsync(int signal = Signal.Terminate)
    {
        Send(signal);
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            if (_id.Task.IsCompletedSuccessfully)
                _ = Signal.TrySend(Id, Signal.Kill);
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<BinaryOutcome> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        return new(_process.ExitCode, Text(_output), Log);
    }

    private void TakeOutput(string? line)
    {
        if (line is null)
            _address.TrySetResult(null);
        else if (!_id.Task.IsCompleted)
            _id.SetResult(int.Parse(line, CultureInfo.InvariantCulture));
        else
            Keep(_output, line);
        if (line is not null && Uri.TryCreate(line, UriKind.Absolute, out var address))
            _address.TrySetResult(address);
    }

    // Certificates name localhost; the server listens on IPv4.
    private static IPEndPoint EndPointOf(DnsEndPoint to) => new(to.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(to.Host.Trim('[', ']')), to.Port);

    // A socket belongs to the namespace in which it was made: by a thread that has entered the daemon's.
    private Socket Connect(IPEndPoint to)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                NetworkNamespace.Enter(Id.ToString(CultureInfo.InvariantCulture));
                socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(to);
            }
            catch (Exception broken) when (broken is SocketException or IOException or InvalidOperationException)
            {
                failure = broken;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is null)
            return socket!;
        socket?.Dispose();
        throw new IOException(failure.Message, failure);
    }

    private static void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
        {
            if (line is not null)
                kept.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept)
            return kept.ToString();
    }
}
