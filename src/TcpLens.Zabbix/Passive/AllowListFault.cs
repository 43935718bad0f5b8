namespace TcpLens.Zabbix.Passive;

/// <summary>What is wrong with an allow list.</summary>
public enum AllowListFault
{
    /// <summary>Nothing between two commas, or nothing at all.</summary>
    EmptyEntry,

    /// <summary>Neither an IPv4 nor an IPv6 address, though it looks like one.</summary>
    BadAddress,

    /// <summary>What follows the slash is no number of bits of that kind of address.</summary>
    BadPrefix,

    /// <summary>No name that DNS could know.</summary>
    BadName,

    /// <summary>More than <see cref="AllowList.EntriesMaximum"/> entries.</summary>
    TooManyEntries,
}
