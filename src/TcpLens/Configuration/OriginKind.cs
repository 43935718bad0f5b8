namespace TcpLens.Configuration;

/// <summary>Where a value comes from, the weakest first.</summary>
internal enum OriginKind
{
    Default,
    File,
    Environment,
    Flag,
}
