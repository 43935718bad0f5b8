using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Zabbix;

namespace TcpLens.Outputs.Zabbix;

/// <summary>The eleven keys of the netstat recipe (<c>UserParameter=TIME_WAIT,netstat ...</c>) with their right values.</summary>
public static class RecipeKeys
{
    /// <summary>The keys, in the order of a connection's life.</summary>
    public static IEnumerable<string> All => TcpStates.All.Select(info => info.Linux);

    /// <summary>
    /// The answer for <paramref name="key"/>. Where the kernel cannot tell CLOSE it is 0: the recipe's item is a number, and a site that
    /// moves over must not lose it. Every other output says <c>null</c> there.
    /// </summary>
    public static AgentAnswer Answer(ItemKey key, StateCounts counts)
    {
        if (!key.Parameters.IsEmpty)
            return AgentAnswer.NotSupported("Invalid number of parameters.");
        return Find(key.Name) is { } info
            ? AgentAnswer.Value((counts[info.State]?.Total ?? 0).ToString())
            : Unknown(key.Name);
    }

    /// <summary>Whether <paramref name="name"/> is one of the eleven; the recipe's keys are upper case and keys are case-sensitive.</summary>
    public static bool IsKnown(string name) => Find(name) is not null;

    /// <summary>The answer for a key that does not exist, with the nearest one.</summary>
    public static AgentAnswer Unknown(string key)
    {
        string hint = Nearest.Find(key, KeyNames.All) is { } nearest ? $", did you mean {nearest}?" : $"; known: {string.Join(' ', KeyNames.All)}";
        return AgentAnswer.NotSupported($"Unknown key {key}{hint}");
    }

    private static TcpStateInfo? Find(string name) => TcpStates.All.FirstOrDefault(info => info.Linux == name);
}
