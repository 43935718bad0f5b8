using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>Asks a daemon at a steady rate, whether the answers come or not, until it is disposed.</summary>
internal sealed class ApiLoad : IAsyncDisposable
{
    private const int ConnectionsMaximum = 64;

    // What dashboards, scripts and Prometheus ask; one in a thousand has the kernel's whole table passed over.
    private static readonly string[] s_paths =
    [
        "/api/v1/states", "/api/v1/report", "/api/v1/states", "/api/v1/history?from=-15m&points=300", "/api/v1/states",
        "/metrics", "/api/v1/states", "/api/v1/report", "/api/v1/states", "/api/v1/history?from=-1h&points=600&series=sockets.time_wait",
    ];

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();
    private readonly Task _asking;
    private readonly long _start = Stopwatch.GetTimestamp();

    public ApiLoad(Daemon daemon, int perSecond)
    {
        _client = daemon.NewClient(new SocketsHttpHandler { MaxConnectionsPerServer = ConnectionsMaximum });
        _asking = Task.Run(() => AskAsync(perSecond));
    }

    public int Answers => _milliseconds.Count;

    /// <summary>Answers in a second, all the time.</summary>
    public double Rate => Answers / Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Whatever was no answer, and how often.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>Milliseconds within which that share of the answers came.</summary>
    public double Quantile(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _asking;
        await Task.WhenAll(_underWay.Keys);
        _client.Dispose();
        _end.Dispose();
    }

    private async Task AskAsync(int perSecond)
    {
        try
        {
            for (long number = 0; ; number++)
            {
                var early = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(_start);
                if (early > TimeSpan.Zero)
                    await Task.Delay(early, _end.Token);
                string path = number % 1000 == 999 ? "/api/v1/connections/groups?by=state" : s_paths[number % s_paths.Length];
                var one = AskAsync(path);
                _underWay[one] = true;
                _ = one.ContinueWith(done => _underWay.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task AskAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _client.GetAsync(path, CancellationToken.None);
            if (response.IsSuccessStatusCode)
                _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            else
                Fail($"{path}: {(int)response.StatusCode}");
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Fail($"{path}: {failure.Message}");
        }
    }

    private void Fail(string what) => _failures.AddOrUpdate(what, 1, static (_, count) => count + 1);
}
