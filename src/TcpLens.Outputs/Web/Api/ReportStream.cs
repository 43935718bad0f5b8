using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The live stream of reports (server-sent events). A slow reader skips reports; it never delays the others.</summary>
internal sealed class ReportStream(ReportFeed feed, WebLimits limits, TimeProvider clock, CancellationToken stopping)
{
    private static readonly ReadOnlyMemory<byte> s_retry = "retry: 2000\n\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> s_alive = ": alive\n\n"u8.ToArray();

    private int _readers;

    public async Task Answer(Request request)
    {
        if (Interlocked.Increment(ref _readers) > limits.Streams)
        {
            Interlocked.Decrement(ref _readers);
            throw RefusedException.TooMany(new("Too many live streams: close some pages.", "实时连接过多：请关闭一些页面。"), retryAfter: 10);
        }

        try
        {
            var response = request.Context.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            // Proxies of the nginx family hold events back otherwise.
            response.Headers["X-Accel-Buffering"] = "no";
            request.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            if (!request.IsHead)
                await Stream(response, request.Aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private async Task Stream(HttpResponse response, CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        await Send(response, s_retry, end.Token);
        long sent = 0;
        while (!end.IsCancellationRequested)
        {
            if (await Next(sent, end.Token) is { } report)
            {
                await Send(response, report.Event, end.Token);
                sent = report.Number;
            }
            else
            {
                await Send(response, s_alive, end.Token);
            }
        }
    }

    /// <summary><see langword="null"/> when the silence has become too long.</summary>
    private async Task<RenderedReport?> Next(long after, CancellationToken end)
    {
        using var silence = new CancellationTokenSource(limits.StreamSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, silence.Token);
        try
        {
            return await feed.NextAsync(after, either.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task Send(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        await response.BodyWriter.WriteAsync(bytes, end);
        await response.BodyWriter.FlushAsync(end);
    }
}
