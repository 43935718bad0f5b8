using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Core.Filtering;

/// <summary>One word of a filter about a socket, made ready to be asked a million times.</summary>
internal sealed class FilterTerm
{
    private readonly NumberRange[] _numbers;
    private readonly AddressPrefix[] _prefixes;
    private readonly string[] _names;

    public FilterTerm(FilterField field, bool negated, FilterAlternatives values)
    {
        Field = field;
        IsNegated = negated;
        _numbers = NumberRange.Normalize(values.Numbers);
        _prefixes = [.. values.Prefixes.Distinct().OrderBy(prefix => prefix.First).ThenBy(prefix => prefix.Length)];
        _names = [.. values.Names];
    }

    public FilterField Field { get; }

    public bool IsNegated { get; }

    /// <summary>The queues of a listener count connections: no comparison of bytes holds for one.</summary>
    public bool IsQueue => Field is FilterField.ReceiveQueue or FilterField.SendQueue;

    /// <summary>Whether it asks for the socket's owner, whom no socket knows.</summary>
    public bool IsOwner => Field >= FilterField.Process;

    /// <summary>As <see cref="Matches(in SocketRecord)"/> of the words that ask for the owner.</summary>
    public bool Matches(Owner? owner) => (owner is not null && Holds(owner)) != IsNegated;

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

    private bool Holds(Owner owner) => Field switch
    {
        FilterField.Process => Has(owner.Process) || Has(owner.NumberedProcess) || (owner.ProcessId is { } number && HasNumber(number)),
        FilterField.Service => Has(owner.Service) || Has(owner.Unit),
        FilterField.OwningUser => Has(owner.User),
        _ => Has(owner.ContainerText) || Has(owner.Container?.Id) || Has(owner.Container?.Pod),
    };

    private bool Has(string? name)
    {
        foreach (string wanted in _names)
        {
            if (name is not null && NamePattern.Matches(wanted, name))
                return true;
        }

        return false;
    }

    private bool HasNumber(int number)
    {
        foreach (string wanted in _names)
        {
            if (NumberRange.TryParseNumber(wanted, out uint one) && one == number)
                return true;
        }

        return false;
    }

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
            _ when IsOwner => _names,
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
