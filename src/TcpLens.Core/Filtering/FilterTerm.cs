using TcpLens.Core.Model;

namespace TcpLens.Core.Filtering;

/// <summary>One word of a filter about a socket, made ready to be asked a million times.</summary>
internal sealed class FilterTerm
{
    private readonly NumberRange[] _numbers;
    private readonly AddressPrefix[] _prefixes;

    public FilterTerm(FilterField field, bool negated, List<NumberRange> numbers, List<AddressPrefix> prefixes)
    {
        Field = field;
        IsNegated = negated;
        _numbers = NumberRange.Normalize(numbers);
        _prefixes = [.. prefixes.Distinct().OrderBy(prefix => prefix.First).ThenBy(prefix => prefix.Length)];
    }

    public FilterField Field { get; }

    public bool IsNegated { get; }

    /// <summary>The queues of a listener count connections: no comparison of bytes holds for one.</summary>
    public bool IsQueue => Field is FilterField.ReceiveQueue or FilterField.SendQueue;

    public bool Matches(in SocketRecord socket) => Holds(socket) != IsNegated;

    private bool Holds(in SocketRecord socket) => Field switch
    {
        FilterField.Port => Has(socket.Local.Port) || Has(socket.Remote.Port),
        FilterField.LocalPort => Has(socket.Local.Port),
        FilterField.RemotePort => Has(socket.Remote.Port),
        FilterField.Address => Has(socket.Local.Address) || Has(socket.Remote.Address),
        FilterField.LocalAddress => Has(socket.Local.Address),
        FilterField.RemoteAddress => Has(socket.Remote.Address),
        FilterField.Family => Has(socket.Family == SocketFamily.IPv4 ? 4u : 6u),
        FilterField.Mapped => Has(socket.IsV4Mapped ? 1u : 0u),
        FilterField.Owned => Has(socket.Inode != 0 ? 1u : 0u),
        FilterField.User => socket.Inode != 0 && Has(socket.UserId),
        FilterField.ReceiveQueue => !socket.IsListener && Has(socket.ReceiveQueue),
        FilterField.SendQueue => !socket.IsListener && Has(socket.SendQueue),
        _ => throw new InvalidOperationException($"{Field} is not asked per socket"),
    };

    private bool Has(uint number)
    {
        foreach (var range in _numbers)
        {
            if (range.Contains(number))
                return true;
        }

        return false;
    }

    private bool Has(IpAddress address)
    {
        foreach (var prefix in _prefixes)
        {
            if (prefix.Contains(address))
                return true;
        }

        return false;
    }

    public override string ToString()
    {
        var values = Field switch
        {
            FilterField.Address or FilterField.LocalAddress or FilterField.RemoteAddress => _prefixes.Select(prefix => prefix.ToString()),
            FilterField.Mapped or FilterField.Owned => _numbers.Select(YesNo),
            _ when IsQueue => _numbers.Select(range => range.ToComparison()),
            _ => _numbers.Select(range => range.ToString()),
        };
        return $"{(IsNegated ? "!" : "")}{FilterKeys.Of(Field).Name}:{string.Join(',', values)}";
    }

    private static string YesNo(NumberRange range) => range switch
    {
        { Low: 0, High: 0 } => "no",
        { Low: 1 } => "yes",
        _ => "yes,no",
    };
}
