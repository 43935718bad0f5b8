using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TcpLens.Zabbix.Passive;

/// <summary>
/// Who may ask, as the agent's parameter <c>Server</c> says it: addresses of IPv4 and IPv6, networks in CIDR notation, and DNS names, with commas
/// between them. <c>0.0.0.0/0</c> is any IPv4 address, <c>::/0</c> any at all; the bits of a network behind its prefix do not matter.
/// </summary>
public sealed class AllowList
{
    /// <summary>More than a site has servers and proxies; every connection is held against all of them, and each name is asked for once a minute.</summary>
    public const int EntriesMaximum = 256;

    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private readonly string _text;
    private readonly ImmutableArray<AddressRange> _ranges;

    private AllowList(string text, ImmutableArray<AddressRange> ranges, ImmutableArray<string> names) => (_text, _ranges, Names) = (text, ranges, names);

    /// <summary>The entries that are names: what addresses they stand for, DNS knows.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Reads a list; <see langword="false"/> with the first thing that is wrong.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowList? list, [NotNullWhen(false)] out AllowListProblem? problem)
    {
        var ranges = ImmutableArray.CreateBuilder<AddressRange>();
        var names = ImmutableArray.CreateBuilder<string>();
        list = null;
        int position = 0;
        foreach (string part in text.Split(',', EntriesMaximum + 1))
        {
            string entry = part.Trim();
            int start = position + (entry.Length == 0 ? 0 : part.IndexOf(entry[0], StringComparison.Ordinal));
            position += part.Length + 1;
            var fault = ranges.Count + names.Count == EntriesMaximum ? AllowListFault.TooManyEntries : Take(entry, ranges, names);
            if (fault is { } wrong)
            {
                problem = new AllowListProblem(wrong, start, entry);
                return false;
            }
        }

        list = new AllowList(text, ranges.ToImmutable(), names.ToImmutable());
        problem = null;
        return true;
    }

    /// <summary>Whether an address is among the addresses and networks of the list; names are not looked up.</summary>
    public bool Contains(IPAddress peer)
    {
        foreach (var range in _ranges)
        {
            if (range.Contains(peer))
                return true;
        }

        return false;
    }

    /// <summary>The list as it was written.</summary>
    public override string ToString() => _text;

    // Null when the entry is good, and taken.
    private static AllowListFault? Take(string entry, ImmutableArray<AddressRange>.Builder ranges, ImmutableArray<string>.Builder names)
    {
        if (entry.Length == 0)
            return AllowListFault.EmptyEntry;
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? entry : entry[..slash];
        if (TryParseAddress(host, out var address))
        {
            int most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            if (slash < 0)
                ranges.Add(new AddressRange(address));
            else if (int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits) && bits <= most)
                ranges.Add(new AddressRange(address, bits));
            else
                return AllowListFault.BadPrefix;
            return null;
        }

        // No name consists of digits and dots alone: a mistyped address must not become a question to DNS.
        if (slash >= 0 || host.Contains(':', StringComparison.Ordinal) || host.All(c => char.IsAsciiDigit(c) || c == '.'))
            return AllowListFault.BadAddress;
        if (!IsName(host))
            return AllowListFault.BadName;
        names.Add(host);
        return null;
    }

    // The runtime also takes "1", "0x7f.1", "010.0.0.1" (octal), "[::1]:80" and "fe80::1%eth0".
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (text.AsSpan().ContainsAny('[', ']', '%') || !IPAddress.TryParse(text, out address))
        {
            address = null;
            return false;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text;
    }

    private static bool IsName(string text) =>
        text.Length <= LongestName
        && text.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= LongestLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && label[0] != '-');
}
