namespace TcpLens.Outputs.Web.Api;

/// <summary>A report in bytes, written once for all its readers.</summary>
/// <param name="Number">The report's number.</param>
/// <param name="Json">The document.</param>
/// <param name="Event">The document as one event of a stream.</param>
internal sealed record RenderedReport(long Number, ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Event);
