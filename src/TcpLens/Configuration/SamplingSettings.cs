using TcpLens.Linux.Reading;

namespace TcpLens.Configuration;

/// <summary>How the monitor reads the kernel: section <c>[sampling]</c>.</summary>
internal sealed record SamplingSettings
{
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CPU that sampling may take, in percent of one core.</summary>
    public double CpuBudgetPercent { get; init; } = 1;

    public NamespaceScope Netns { get; init; } = NamespaceScope.Own;

    public SourceChoice Source { get; init; } = SourceChoice.Auto;
}
