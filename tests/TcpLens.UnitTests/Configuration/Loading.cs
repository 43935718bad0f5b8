using System.Text;
using TcpLens.Configuration;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary>A configuration from text, as the tests of this room need it.</summary>
internal static class Loading
{
    public const string FileName = "tcplens.toml";

    public static Dictionary<string, string> NoEnvironment { get; } = new(StringComparer.Ordinal);

    /// <summary>File, environment and options together; the file's text and not its name.</summary>
    public static (LoadedSettings? Loaded, SettingProblems Problems) Of(string text, Dictionary<string, string>? environment = null, params SettingOverride[] overrides)
    {
        var loader = new SettingsLoader();
        loader.Take(Encoding.UTF8.GetBytes(text), FileName);
        loader.Take(environment ?? NoEnvironment);
        loader.Take(overrides);
        var loaded = loader.Finish();
        return (loaded, loader.Problems);
    }

    /// <summary>The settings of a file with which nothing is wrong.</summary>
    public static LoadedSettings Good(string text, Dictionary<string, string>? environment = null, params SettingOverride[] overrides)
    {
        var (loaded, problems) = Of(text, environment, overrides);
        Assert.True(problems.Count == 0, problems.Count == 0 ? "" : problems.Words.English + "\n" + text);
        return Assert.IsType<LoadedSettings>(loaded);
    }
}
