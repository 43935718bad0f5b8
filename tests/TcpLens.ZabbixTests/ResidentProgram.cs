using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary><c>tcplens serve</c> with a configuration and files of its own, which outlive each of its processes.</summary>
internal sealed class ResidentProgram : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _home = Directory.CreateTempSubdirectory("tcplens-ring-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = s_patience };
    private Process? _process;
    private TaskCompletionSource<Uri?> _address = new();

    /// <summary>Its local socket; <see langword="null"/>: it has none.</summary>
    public string? Socket { get; init; }

    /// <summary>Everything that its processes have logged.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Its figures as Prometheus reads them.</summary>
    public string Metrics => _client.GetStringAsync(new Uri(_address.Task.Result!, "/metrics"), TestContext.Current.CancellationToken).Result;

    /// <summary>Writes the configuration; a process that runs does not know it yet.</summary>
    public void Configure(params IEnumerable<string> lines) =>
        File.WriteAllLines(Path.Combine(_home, "tcplens.toml"), [.. lines, $"zabbix_buffer.file = \"{_home}/zabbix.db\""]);

    /// <summary>Starts a process and waits until it has said where its dashboard is.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo(
            ZabbixServer.Binary,
            ["serve", "--config", Path.Combine(_home, "tcplens.toml"), "--listen", "127.0.0.1:0", "--no-history", .. Socket is null ? ["--no-socket"] : new[] { "--socket", Socket }, "--cpu-budget", "100", "--lang", "en"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var address = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _address = address;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Look(line.Data, address);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Assert.True(address.Task.Wait(s_patience, TestContext.Current.CancellationToken) && address.Task.Result is not null, "tcplens serve does not start:\n" + Log);
    }

    /// <summary>Sends it a signal.</summary>
    public void Send(string signal) => Outcome.Of(s_patience, new Dictionary<string, string>(StringComparer.Ordinal), "kill", $"-{signal}", $"{_process!.Id}").Good();

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Tells it to read the configuration anew.</summary>
    public void Reload() => Send("HUP");

    /// <summary>Tells it to end and waits until it has.</summary>
    public void Stop()
    {
        Send("TERM");
        Assert.True(_process!.WaitForExit(s_patience), "tcplens serve does not end:\n" + Log);
        Assert.True(_process.ExitCode == 0, Log);
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
            Kill();
        _client.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private static void Look(string? line, TaskCompletionSource<Uri?> address)
    {
        if (line is null)
            address.TrySetResult(null);
        else if (Uri.TryCreate(line, UriKind.Absolute, out var found))
            address.TrySetResult(found);
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _log.Enqueue(line);
    }
}
