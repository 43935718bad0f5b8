using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Fuzz;

/// <summary>All parsers under attack. A new parser is one line here and a folder of seeds.</summary>
public static class FuzzTargets
{
    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("filter", Filter),
        new("state", State),
        new("address", Address),
    ];

    private static void Filter(ReadOnlySpan<byte> data)
    {
        string text = Encoding.UTF8.GetString(data);
        if (SocketFilter.TryParse(text, out var filter, out var error))
        {
            Demand(SocketFilter.TryParse(filter.ToString(), out var again, out _) && again.Equals(filter), "the canonical form is another filter");
            filter.Matches(default);
            return;
        }

        Demand(error.Position >= 0 && error.Length >= 1 && error.Position + error.Length <= text.Length, "the error lies outside the text");
        Demand(error.Render(Language.English).Count(char.IsControl) == 1, "the echo of the error holds control characters");
        error.Render(Language.Chinese);
    }

    private static void State(ReadOnlySpan<byte> data)
    {
        if (TcpStates.TryParse(Encoding.UTF8.GetString(data), out var info))
            Demand(TcpStates.TryParse(info.Name, out var again) && again == info, "the name of a state finds another state");
    }

    private static void Address(ReadOnlySpan<byte> data)
    {
        // Text as it comes, and the bytes themselves as UTF-16: then the parser reads right before the inaccessible page.
        Demand(RoundTrips(Encoding.Latin1.GetString(data)), "the text of an address is another address");
        Demand(RoundTrips(MemoryMarshal.Cast<byte, char>(data[(data.Length & 1)..])), "the text of an address is another address");
    }

    private static bool RoundTrips(ReadOnlySpan<char> text) =>
        !IpAddress.TryParse(text, out var address) || (IpAddress.TryParse(address.ToString(), out var again) && again == address);

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
