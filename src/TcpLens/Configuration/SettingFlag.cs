namespace TcpLens.Configuration;

/// <summary>The option of <c>tcplens serve</c> that sets a setting.</summary>
/// <param name="Name">Such as <c>--listen</c>.</param>
/// <param name="ValueName">What it takes; <see langword="null"/> when it takes nothing and stands for <paramref name="StandsFor"/>.</param>
/// <param name="StandsFor">The value that an option without one sets.</param>
internal sealed record SettingFlag(string Name, string? ValueName, string StandsFor = "")
{
    public static SettingFlag Value(string name, string valueName) => new(name, valueName);

    public static SettingFlag Off(string name) => new(name, null, "false");
}
