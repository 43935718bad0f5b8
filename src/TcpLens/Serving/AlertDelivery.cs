using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using TcpLens.Configuration;

namespace TcpLens.Serving;

/// <summary>Tells one alert to the address and the program that are configured. What prevents it is returned in words, never thrown.</summary>
internal sealed class AlertDelivery : IDisposable
{
    // An alert is not to be carried where nobody configured it.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Tells it to both.</summary>
    /// <returns>What went wrong, for the log; empty when nothing did.</returns>
    public async Task<IReadOnlyList<string>> TellAsync(Alert alert, AlertSettings settings, CancellationToken end)
    {
        var troubles = new List<string>();
        if (settings.Webhook.Length > 0)
            await TryAsync("webhook", token => PostAsync(alert, settings.Webhook, token), settings.Timeout, troubles, end).ConfigureAwait(false);
        if (settings.Command.Length > 0)
            await TryAsync(settings.Command, token => RunAsync(alert, settings.Command, token), settings.Timeout, troubles, end).ConfigureAwait(false);
        return troubles;
    }

    public void Dispose() => _http.Dispose();

    private static async Task TryAsync(string whom, Func<CancellationToken, Task<string?>> tell, TimeSpan timeout, List<string> troubles, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(timeout);
        try
        {
            if (await tell(limit.Token).ConfigureAwait(false) is { } trouble)
                troubles.Add($"{whom}: {trouble}");
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            troubles.Add($"{whom}: no end within {timeout.TotalSeconds:0} s");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or Win32Exception or IOException or InvalidOperationException)
        {
            troubles.Add($"{whom}: {trouble.Message}");
        }
    }

    private async Task<string?> PostAsync(Alert alert, string address, CancellationToken end)
    {
        using var content = new ReadOnlyMemoryContent(AlertDocument.Of(alert));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? null : $"status {(int)answer.StatusCode}";
    }

    private static async Task<string?> RunAsync(Alert alert, string command, CancellationToken end)
    {
        var start = new ProcessStartInfo(command, [alert.Event, alert.Record.Finding.Rule, alert.Record.Worst.ToString().ToLowerInvariant()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            // What it prints is nobody's; unread it would fill the pipe and stop the program.
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await WriteAsync(process, AlertDocument.Of(alert), end).ConfigureAwait(false);
            await process.WaitForExitAsync(end).ConfigureAwait(false);
            return process.ExitCode == 0 ? null : $"exit status {process.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // A program may end without having read: that is its business.
    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> document, CancellationToken end)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await using (input.ConfigureAwait(false))
                await input.WriteAsync(document, end).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended without having read.
        }
    }
}
