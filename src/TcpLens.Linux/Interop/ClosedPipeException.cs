namespace TcpLens.Linux.Interop;

/// <summary>Nobody reads the output any more (<c>| head</c>): no error, only a reason to end.</summary>
public sealed class ClosedPipeException() : IOException("the reader of the output has gone");
