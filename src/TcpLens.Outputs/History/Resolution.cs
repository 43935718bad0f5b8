using System.Collections.Immutable;

namespace TcpLens.Outputs.History;

/// <summary>One of the three tables: the time that one of its rows stands for.</summary>
/// <param name="Table">Its name in the file: it never changes.</param>
/// <param name="Milliseconds">The length of a row; of a sample at least this.</param>
internal sealed record Resolution(string Table, long Milliseconds)
{
    public static Resolution Second { get; } = new("second", 1000);

    public static Resolution Minute { get; } = new("minute", 60_000);

    public static Resolution Hour { get; } = new("hour", 3_600_000);

    /// <summary>The finest first.</summary>
    public static ImmutableArray<Resolution> All { get; } = [Second, Minute, Hour];

    /// <summary>The beginning of the row that a moment falls into.</summary>
    public long Floor(long at) => Floor(at, Milliseconds);

    public static long Floor(long at, long step) => at - (((at % step) + step) % step);
}
