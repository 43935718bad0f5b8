using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Monitoring;

namespace TcpLens.Configuration;

/// <summary>All settings of the resident monitor, checked; without a file they are the defaults.</summary>
internal sealed record Settings
{
    /// <summary>The file that is read when no other is named; it may be absent.</summary>
    public const string DefaultFile = "/etc/tcplens/tcplens.toml";

    public SamplingSettings Sampling { get; init; } = new();

    public WebSettings Web { get; init; } = new();

    public HistorySettings History { get; init; } = new();

    public SocketSettings Socket { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    public ZabbixAgentSettings ZabbixAgent { get; init; } = new();

    public ZabbixPushSettings ZabbixPush { get; init; } = new();

    public ZabbixBufferSettings ZabbixBuffer { get; init; } = new();

    public ZabbixTlsSettings ZabbixTls { get; init; } = new();

    public Thresholds Thresholds { get; init; } = Thresholds.Default;

    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Reads the file, then the environment, then the options: what comes later wins. Everything wrong is found at once.</summary>
    /// <param name="file">The file, which must be there; <see langword="null"/> for <see cref="DefaultFile"/>, which need not.</param>
    /// <param name="environment">The environment; variables that are no settings are left alone.</param>
    /// <param name="overrides">The options of the command line.</param>
    /// <param name="loaded">The settings and where each comes from; <see langword="null"/> when something is wrong.</param>
    /// <param name="problems">What is wrong; empty when nothing is.</param>
    public static bool TryLoad(
        string? file, IReadOnlyDictionary<string, string> environment, IReadOnlyList<SettingOverride> overrides, [NotNullWhen(true)] out LoadedSettings? loaded, out SettingProblems problems)
    {
        var loader = new SettingsLoader();
        loader.ReadFile(file ?? DefaultFile, mayBeAbsent: file is null);
        loader.Take(environment);
        loader.Take(overrides);
        problems = loader.Problems;
        loaded = loader.Finish();
        return loaded is not null;
    }

    /// <summary>The settings that are different, in the order of the table.</summary>
    public static ImmutableArray<SettingsDifference> Differences(Settings before, Settings after) =>
        [.. SettingTable.All.Where(setting => !setting.IsSame(before, after)).Select(setting => new SettingsDifference(setting, setting.Shown(before), setting.Shown(after)))];
}
