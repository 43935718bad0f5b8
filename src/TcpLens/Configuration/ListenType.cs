using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>An address and a port to listen on.</summary>
internal sealed class ListenType : TextType<ListenAddress>
{
    private const string LocalName = "localhost:";

    public override Phrase Expected { get; } = new("address and port (127.0.0.1:11011, [::1]:11011, *:11011)", "地址和端口（127.0.0.1:11011、[::1]:11011、*:11011）");

    public override bool TryRead(RawValue raw, out ListenAddress value)
    {
        bool isOne = ListenAddress.TryParse(raw.IsText ? raw.Text : "", out var listen);
        value = listen!;
        return isOne;
    }

    // A name, a port alone, and an address of IPv6 without its brackets.
    public override string? Meant(RawValue raw)
    {
        int colon = raw.Text.LastIndexOf(':');
        string[] guesses =
        [
            raw.Text.StartsWith(LocalName, StringComparison.Ordinal) ? $"127.0.0.1:{raw.Text[LocalName.Length..]}" : "",
            raw.Text.StartsWith(':') ? $"*{raw.Text}" : "",
            colon > 0 ? $"[{raw.Text[..colon]}]:{raw.Text[(colon + 1)..]}" : $"127.0.0.1:{raw.Text}",
        ];
        return guesses.FirstOrDefault(guess => ListenAddress.TryParse(guess, out _)) is { } meant ? Quoted(meant) : null;
    }

    public override string ToText(ListenAddress value) => value.ToString();
}
