using System.IO.Enumeration;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>
/// An <c>Include=</c> line that names a directory's files: where it stands, what it says, the directory it means (absolute), and the
/// pattern that a file's name there must match (<c>*</c> for a bare directory).
/// </summary>
public readonly record struct IncludePlace(AgentProgram Program, string File, int Line, string Value, string Directory, string Pattern)
{
    /// <summary>Whether this line takes in a file of that name. The classic agent knows <c>*</c> only, agent 2 also <c>?</c>.</summary>
    public bool Matches(string name)
    {
        string pattern = Pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
        if (Program == AgentProgram.Agentd)
            pattern = pattern.Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }
}
