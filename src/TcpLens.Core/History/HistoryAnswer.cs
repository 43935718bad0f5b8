using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.History;

/// <summary>A part of the past: points in rising time, the same times for every series.</summary>
public sealed record HistoryAnswer
{
    /// <summary>The time that one point stands for: 1 s, 1 min, 1 h, or a multiple of these.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>The beginnings of the points, in milliseconds since 1970-01-01 UTC. Times of which nothing is known are left out.</summary>
    public required ImmutableArray<long> Times { get; init; }

    /// <summary>In the order of the question.</summary>
    public required ImmutableArray<HistoryCurve> Curves { get; init; }

    /// <summary>What happened in the range, in rising time.</summary>
    public required ImmutableArray<Annotation> Annotations { get; init; }

    /// <summary>Why there is less than was asked for; <see langword="null"/> when there is not.</summary>
    public Phrase? Trouble { get; init; }

    /// <summary>The answer where nothing can be read.</summary>
    public static HistoryAnswer Empty(HistoryQuestion question, Phrase? trouble) => new()
    {
        Step = TimeSpan.FromSeconds(1),
        Times = [],
        Curves = [.. question.Series.Select(HistoryCurve.Empty)],
        Annotations = [],
        Trouble = trouble,
    };
}
