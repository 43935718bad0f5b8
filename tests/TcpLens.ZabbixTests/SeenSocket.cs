using System.Globalization;

namespace TcpLens.ZabbixTests;

/// <summary>A socket as <c>ss</c> shows it.</summary>
/// <param name="State">The state in ss' spelling: <c>SYN-RECV</c>.</param>
/// <param name="Queue">Of a listener: connections that wait.</param>
/// <param name="Limit">Of a listener: how many may wait.</param>
/// <param name="Address">The local address.</param>
/// <param name="Port">The local port.</param>
internal sealed record SeenSocket(string State, long Queue, long Limit, string Address, int Port)
{
    public bool IsListener => State == "LISTEN";

    public bool IsIPv6 => Address.Contains(':', StringComparison.Ordinal) || Address == "*";

    public string Scope => Address is "0.0.0.0" or "*" or "::" ? "any"
        : Address.StartsWith("127.", StringComparison.Ordinal) || Address == "::1" ? "loopback" : "address";

    public static IReadOnlyList<SeenSocket> Parse(string text) =>
    [
        .. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           let colon = words[3].LastIndexOf(':')
           select new SeenSocket(words[0], Number(words[1]), Number(words[2]), words[3][..colon].Trim('[', ']'), (int)Number(words[3][(colon + 1)..])),
    ];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
