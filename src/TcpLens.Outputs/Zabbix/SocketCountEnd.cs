using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Zabbix;

/// <summary>One end of the sockets that <c>net.tcp.socket.count</c> counts: an address or a prefix, a port, each of them or none.</summary>
internal readonly record struct SocketCountEnd
{
    private const int HiddenBits = 96;

    private readonly UInt128 _bits;
    private readonly UInt128 _mask;
    private readonly AddressKind _kind;
    private readonly ushort _port;

    private SocketCountEnd(IpAddress address, int length, AddressKind kind, ushort port)
    {
        _mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
        _bits = address.Bits & _mask;
        _kind = kind;
        _port = port;
    }

    // What a prefix is compared with. The classic agent gives an address that carries IPv4 (::ffff:192.0.2.1) and its prefixes all sockets, those
    // of IPv4 in that form, and any other prefix of IPv6, even ::/0, the sockets alone that carry no IPv4.
    private enum AddressKind : byte
    {
        Any,
        IPv4,
        Mapped,
        IPv6,
    }

    /// <summary>Reads an address and a port, each as the key has it or empty; <paramref name="error"/> is what the classic agent says.</summary>
    public static bool TryParse(string address, string port, Func<string, ushort?> portOf, out SocketCountEnd end, [NotNullWhen(false)] out string? error)
    {
        end = default;
        if (!TryParseAddress(address, out var parsed, out int length, out var kind, out error) || !TryParsePort(address, port, portOf, out ushort number, out error))
            return false;
        end = new SocketCountEnd(parsed, length, kind, number);
        return true;
    }

    public bool Matches(TcpEndpoint end, SocketFamily family)
    {
        if (_port != 0 && _port != end.Port)
            return false;
        bool carriesIPv4 = family == SocketFamily.IPv4 || end.Address.IsV4;
        return _kind switch
        {
            AddressKind.IPv4 => carriesIPv4 && (end.Address.Bits & _mask) == _bits,
            AddressKind.Mapped => (end.Address.Bits & _mask) == _bits,
            AddressKind.IPv6 => !carriesIPv4 && (end.Address.Bits & _mask) == _bits,
            _ => true,
        };
    }

    private static bool TryParseAddress(string text, out IpAddress address, out int length, out AddressKind kind, [NotNullWhen(false)] out string? error)
    {
        (address, length, kind, error) = (default, 0, AddressKind.Any, null);
        if (text.Length == 0)
            return true;
        int slash = text.IndexOf('/');
        string bare = slash < 0 ? text : text[..slash];
        bool isIPv6 = bare.Contains(':');
        int longest = isIPv6 ? 128 : 32;
        int shared = longest;
        if (slash >= 0 && (!HasForm(bare, isIPv6) || !TryParseNumber(text.AsSpan(slash + 1), longest, out shared)))
        {
            error = $"Cannot validate CIDR \"{text}\"";
            return false;
        }

        if (!(isIPv6 ? IpAddress.TryParse(bare, out address) : TryParseIPv4(bare, out address)))
        {
            error = $"IP is not supported: \"{text}\"";
            return false;
        }

        length = shared + (isIPv6 ? 0 : HiddenBits);
        kind = !isIPv6 ? AddressKind.IPv4 : address.IsV4 && shared > 0 ? AddressKind.Mapped : AddressKind.IPv6;
        return true;
    }

    private static bool HasForm(string text, bool isIPv6) => isIPv6 ? IpAddress.TryParse(text, out _) : IsDotted(text);

    private static bool IsDotted(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part => part.Length is >= 1 and <= 3 && TryParseNumber(part, byte.MaxValue, out _));
    }

    // A leading zero makes a number octal: so the C library reads it for the agent.
    private static bool TryParseIPv4(string text, out IpAddress address)
    {
        address = default;
        if (!IsDotted(text))
            return false;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var (index, part) in text.Split('.').Index())
        {
            int number = 0;
            int radix = part is ['0', _, ..] ? 8 : 10;
            foreach (char digit in part)
            {
                if (digit - '0' >= radix)
                    return false;
                number = (number * radix) + digit - '0';
            }

            bytes[index] = (byte)number;
        }

        address = IpAddress.FromV4(bytes);
        return true;
    }

    private static bool TryParsePort(string address, string text, Func<string, ushort?> portOf, out ushort port, [NotNullWhen(false)] out string? error)
    {
        (port, error) = (0, null);
        if (text.Length == 0)
            return true;
        if (TryParseNumber(text, ushort.MaxValue, out int number))
        {
            port = (ushort)number;
            return true;
        }

        // What begins like a number is no name (3com-tsmux), unless that number is 0.
        var digits = text.AsSpan().TrimStart(" \t\n\v\f\r");
        digits = digits is ['+' or '-', ..] ? digits[1..] : digits;
        var zeros = digits.TrimStart('0');
        if (zeros is [>= '1' and <= '9', ..])
        {
            error = $"Invalid port number: {text}";
            return false;
        }

        if (zeros.IsEmpty && !digits.IsEmpty)
            return true;
        // The C library takes an asterisk for no service at all, and then misses the address.
        if (text == "*")
        {
            error = address.Length > 0 ? null : "IP is not supported: \"\"";
            return address.Length > 0;
        }

        if (portOf(text) is not { } found)
        {
            error = $"The service \"{text}\" is not available for the requested socket type.";
            return false;
        }

        port = found;
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, int maximum, out int number)
    {
        number = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + digit - '0';
            if (number > maximum)
                return false;
        }

        return !text.IsEmpty;
    }
}
