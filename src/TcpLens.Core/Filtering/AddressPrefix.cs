using TcpLens.Core.Model;

namespace TcpLens.Core.Filtering;

/// <summary>
/// The addresses that share their first bits. An IPv4 prefix holds the IPv4-mapped addresses too; an IPv6 prefix, even <c>::/0</c>, holds no
/// address that carries IPv4.
/// </summary>
public readonly record struct AddressPrefix
{
    private readonly UInt128 _bits;
    private readonly UInt128 _mask;
    private readonly bool _isV4;

    private AddressPrefix(IpAddress address, int bits)
    {
        _mask = bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);
        _bits = address.Bits & _mask;
        _isV4 = new IpAddress(_bits).IsV4;
    }

    /// <summary>The first address.</summary>
    public IpAddress First => new(_bits);

    /// <summary>How many bits are shared: 0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public int Length => (int)UInt128.PopCount(_mask) - (_isV4 ? 96 : 0);

    public bool Contains(IpAddress address) => (address.Bits & _mask) == _bits && address.IsV4 == _isV4;

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>192.0.2.1</c>, <c>2001:db8::/32</c>, <c>[::1]</c>. Bits after the prefix are forgotten.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (address is ['[', .., ']'] && address.Contains(':'))
            address = address[1..^1];
        if (!IpAddress.TryParse(address, out var first))
            return false;

        int hidden = address.Contains(':') ? 0 : 96;
        uint length = (uint)(128 - hidden);
        if (slash >= 0 && (!NumberRange.TryParseNumber(text[(slash + 1)..], out length) || length > 128 - hidden))
            return false;
        prefix = new AddressPrefix(first, (int)length + hidden);
        return true;
    }

    /// <summary>As <c>10.0.0.0/8</c>; a single address without its length.</summary>
    public override string ToString() => _mask == UInt128.MaxValue ? $"{First}" : $"{First}/{Length}";
}
