namespace TcpLens.Fuzz;

/// <summary>Hands one input to a parser. Any exception is a failure: the parser's own, or one thrown here because its answer cannot be true.</summary>
/// <param name="data">Ends right before an inaccessible page: a read past the end ends the process.</param>
public delegate void FuzzRun(ReadOnlySpan<byte> data);

/// <summary>One parser under attack. Its seeds are the files of <c>fuzz/seeds/<see cref="Name"/></c>.</summary>
public sealed record FuzzTarget(string Name, FuzzRun Run)
{
    /// <summary>The committed seeds in the order of their names, so that a run can be repeated anywhere.</summary>
    public byte[][] ReadSeeds() =>
        [.. Directory.GetFiles(FuzzDirectory.Of("seeds", Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
