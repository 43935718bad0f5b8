using System.Collections.Immutable;
using System.Globalization;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>An agent's configuration, all its files together, as the agent reads it.</summary>
public sealed record AgentSettings
{
    private const int DefaultTimeoutSeconds = 3;

    public required AgentProgram Program { get; init; }

    /// <summary>The main file.</summary>
    public required string Path { get; init; }

    /// <summary>All files that were read, in the order of reading; the main file is the first.</summary>
    public required ImmutableArray<string> Files { get; init; }

    public required ImmutableArray<ConfigurationLine> Lines { get; init; }

    /// <summary>The Include lines that take in files of a directory that exists.</summary>
    public required ImmutableArray<IncludePlace> Includes { get; init; }

    public required ImmutableArray<ConfigurationProblem> Problems { get; init; }

    public IEnumerable<UserParameter> UserParameters
    {
        get
        {
            foreach (var line in Lines)
            {
                if (UserParameter.TryParse(line, out var parameter))
                    yield return parameter;
            }
        }
    }

    /// <summary>How long the agent lets a user parameter run, seconds, 1 to 30; 3 where nothing is said. Zabbix 7.0 may say another time per item.</summary>
    public int TimeoutSeconds =>
        int.TryParse(Value("Timeout")?.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0 ? seconds : DefaultTimeoutSeconds;

    /// <summary>The value of a parameter, the last one where it stands several times; <see langword="null"/> where it does not stand.</summary>
    public string? Value(string name)
    {
        string? value = null;
        foreach (var line in Lines)
        {
            if (line.Name == name)
                value = line.Value;
        }

        return value;
    }
}
