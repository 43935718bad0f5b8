using System.Buffers;
using System.Text;
using System.Text.Json;
using TcpLens.Core.Monitoring;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Renders each report once, when the first reader wants it, however many readers there are. Without readers it costs nothing.</summary>
internal sealed class ReportFeed(WebContent content)
{
    private readonly Lock _lock = new();
    private readonly string _run = content.RunStart.ToText();
    private RenderedReport? _rendered;

    /// <summary>The last report; <see langword="null"/> before the first.</summary>
    public RenderedReport? Latest => content.Board.Latest is { } report ? Render(report) : null;

    /// <summary>The latest report as soon as there is one whose number is greater.</summary>
    public async Task<RenderedReport> NextAsync(long after, CancellationToken end) => Render(await content.Board.NextAsync(after, end));

    private RenderedReport Render(Report report)
    {
        lock (_lock)
        {
            if (_rendered is { } rendered && rendered.Number >= report.Number)
                return rendered;
            var bytes = new ArrayBufferWriter<byte>(_rendered?.Event.Length + 1024 ?? 16 * 1024);
            bytes.Write(Encoding.UTF8.GetBytes($"id: {_run}-{report.Number}\nevent: report\ndata: "));
            int start = bytes.WrittenCount;
            using (var json = new Utf8JsonWriter(bytes, Reply.JsonOptions))
                ReportJson.Write(json, report, content);
            int end = bytes.WrittenCount;
            bytes.Write("\n\n"u8);
            return _rendered = new RenderedReport(report.Number, bytes.WrittenMemory[start..end], bytes.WrittenMemory);
        }
    }
}
