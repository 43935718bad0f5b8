namespace TcpLens.Configuration;

/// <summary>A setting that has another value than before.</summary>
/// <param name="Setting">Which one.</param>
/// <param name="Old">The value before, as it is written in the file.</param>
/// <param name="New">The value now.</param>
internal sealed record SettingsDifference(SettingDefinition Setting, string Old, string New)
{
    /// <summary>Whether a reload applies it; otherwise a restart does.</summary>
    public bool AppliesAtOnce => Setting.AppliesAtOnce;
}
