using TcpLens.Outputs.Zabbix;

namespace TcpLens.Agents;

/// <summary>The keys that an agent gets, each with the command that answers it.</summary>
internal static class UserParameters
{
    public static IReadOnlyList<(string Key, string Command)> Of(string binary)
    {
        string program = Quoted(binary);
        return [.. RecipeKeys.All.Select(key => (key, $"{program} zabbix get {key}"))];
    }

    // The agents hand the command to a shell.
    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
