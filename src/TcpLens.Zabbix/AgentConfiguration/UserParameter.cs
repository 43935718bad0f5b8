using System.Diagnostics.CodeAnalysis;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>A line <c>UserParameter=key,command</c> and where it stands.</summary>
public sealed record UserParameter(string File, int Line, string Key, string Command)
{
    public const string Parameter = "UserParameter";

    /// <summary>The key without its brackets: what must be unique in an agent.</summary>
    public string Name => NameOf(Key);

    public static string NameOf(string key)
    {
        int bracket = key.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? key : key[..bracket];
    }

    /// <summary>Reads a user parameter; <see langword="false"/> for every other line, and for one without a comma behind its key.</summary>
    public static bool TryParse(ConfigurationLine line, [NotNullWhen(true)] out UserParameter? parameter)
    {
        parameter = null;
        if (line.Name != Parameter)
            return false;
        string value = line.Value;
        int bracket = value.IndexOf('[', StringComparison.Ordinal);
        int comma = value.IndexOf(',', StringComparison.Ordinal);
        // A comma between the brackets belongs to the key.
        if (bracket >= 0 && bracket < comma && value.IndexOf(']', bracket) is > 0 and var end)
            comma = value.IndexOf(',', end);
        if (comma <= 0)
            return false;
        parameter = new UserParameter(line.File, line.Line, value[..comma].TrimEnd(), value[(comma + 1)..].Trim());
        return true;
    }
}
