namespace TcpLens.Zabbix.Passive;

/// <summary>Why a text is no allow list.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Position">Where the entry begins in the text, from 0.</param>
/// <param name="Entry">The entry as it was written, without the blanks around it.</param>
public sealed record AllowListProblem(AllowListFault Fault, int Position, string Entry)
{
    /// <summary>The same in words.</summary>
    public string Message => Fault switch
    {
        AllowListFault.EmptyEntry => $"an entry at position {Position} is empty",
        AllowListFault.BadAddress => $"\"{Entry}\" at position {Position} is no address",
        AllowListFault.BadPrefix => $"\"{Entry}\" at position {Position}: behind the slash stands a number of bits, at most 32 for IPv4 and 128 for IPv6",
        AllowListFault.BadName => $"\"{Entry}\" at position {Position} is neither an address nor a name",
        _ => $"more than {AllowList.EntriesMaximum} entries",
    };
}
