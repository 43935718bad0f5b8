using System.Collections.Immutable;

namespace TcpLens.Core.Diagnosis;

/// <summary>
/// The looks for silent connections of the last six hours: each minute of the last fifteen, then one in fifteen minutes. Immutable and bounded: about
/// forty looks, some 200 KB.
/// </summary>
public sealed class IdlePast
{
    /// <summary>Nothing older is remembered.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>A trend over less is not called growth.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_fine = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_fineStep = TimeSpan.FromSeconds(50);

    private readonly ImmutableArray<(TimeSpan At, IdleCensus Census)> _looks;

    private IdlePast(ImmutableArray<(TimeSpan At, IdleCensus Census)> looks) => _looks = looks;

    public static IdlePast None { get; } = new([]);

    /// <summary>The newest look; <see langword="null"/> without any.</summary>
    public IdleCensus? Latest => _looks.IsEmpty ? null : _looks[^1].Census;

    /// <summary>The same with a newer look, and without what is too old or too close together. Looks for another age cannot be compared.</summary>
    /// <param name="at">By a clock that nobody can set; greater than at the look before.</param>
    /// <param name="census">The look.</param>
    public IdlePast Add(TimeSpan at, IdleCensus census)
    {
        var kept = ImmutableArray.CreateBuilder<(TimeSpan At, IdleCensus Census)>(_looks.Length + 1);
        foreach (var old in _looks.Where(old => old.Census.Age == census.Age && at - old.At <= Longest))
        {
            if (kept.Count == 0 || old.At - kept[^1].At >= (at - old.At > s_fine ? s_fine : s_fineStep))
                kept.Add(old);
        }

        kept.Add((at, census));
        return new IdlePast(kept.DrainToImmutable());
    }

    /// <summary>How a group of the latest look has grown; <see langword="null"/> when it is known for less than <see cref="Shortest"/>.</summary>
    public IdleGrowth? GrowthOf(IdleGroup group)
    {
        // A look in which the group is missing says nothing: it may have been too small to be told.
        var known = _looks.Select(look => (look.At, Group: look.Census.Largest.FirstOrDefault(one => one.Subject == group.Subject))).Where(one => one.Group is not null).ToList();
        if (known.Count < 3 || known[^1].At - known[0].At is var span && span < Shortest)
            return null;
        var half = known[0].At + (span / 2);
        return new IdleGrowth(span, known[0].Group!, known[1..^1].MinBy(one => (one.At - half).Duration()).Group!, group);
    }
}
