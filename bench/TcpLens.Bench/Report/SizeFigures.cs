using TcpLens.Bench.Contenders;

namespace TcpLens.Bench.Report;

/// <summary>The figures of every contender at one size.</summary>
public sealed class SizeFigures
{
    private readonly List<Figures> _figures;

    public SizeFigures(int size, IEnumerable<Sample> samples)
    {
        Size = size;
        var byContender = samples.ToLookup(sample => sample.Contender, StringComparer.Ordinal);
        _figures = ContenderText.All
            .Select(text => new Figures(text, byContender[text.Source].Select(sample => text.ReadingOf is null ? sample : ReadingAlone(sample)).ToList()))
            .Where(figures => figures.Samples.Count > 0)
            .ToList();
    }

    public int Size { get; }

    public IEnumerable<Figures> In(Position position) => _figures.Where(figures => figures.Text.Position == position);

    public Figures? Of(string contender) => _figures.Find(figures => figures.Text.Id == contender);

    // Processor time and memory are known of the whole process only.
    private static Sample ReadingAlone(Sample sample) => sample with { WallMs = sample.ReadingMs, CpuMs = null, RssKib = null };
}

/// <summary>One contender at one size.</summary>
/// <param name="Text">Who it is.</param>
/// <param name="Samples">All its rounds.</param>
public sealed record Figures(ContenderText Text, IReadOnlyList<Sample> Samples)
{
    public Quartiles? Wall { get; } = Quartiles.Of(Samples.Select(sample => sample.WallMs));

    public Quartiles? Cpu { get; } = Quartiles.Of(Samples.Select(sample => sample.CpuMs));

    /// <summary>Peak of all rounds, MiB.</summary>
    public double? RssMebibytes { get; } = Samples.Max(sample => sample.RssKib) / 1024.0;

    /// <summary>Whether every round gave every state rightly: a fast wrong count is worth nothing.</summary>
    public bool AllRight => Samples.All(sample => sample.Wrong.Count == 0 && sample.Failure is null);

    /// <summary>What the ratio is made of: the wall clock, or the processor where nothing else can be seen.</summary>
    public double? Cost => Wall?.Median ?? Cpu?.Median;
}
