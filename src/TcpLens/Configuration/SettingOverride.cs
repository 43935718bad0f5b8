namespace TcpLens.Configuration;

/// <summary>A value from the command line.</summary>
/// <param name="Setting">What it sets.</param>
/// <param name="Option">The option that was typed.</param>
/// <param name="Value">The value as it was typed.</param>
internal sealed record SettingOverride(SettingDefinition Setting, string Option, string Value);
