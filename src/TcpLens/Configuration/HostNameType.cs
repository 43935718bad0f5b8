using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The name or address of a host as it stands in a URL, without a port.</summary>
internal sealed class HostNameType : TextType<string>
{
    /// <summary>The longest name there is (RFC 1035, 2.3.4).</summary>
    private const int CharactersMax = 253;

    public override Phrase Expected { get; } = new("host name or address without a port (monitor.example)", "不带端口的主机名或地址（monitor.example）");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length is > 0 and <= CharactersMax && value.All(char.IsAscii) && Uri.CheckHostName(value) != UriHostNameType.Unknown;
    }

    public override string? Meant(RawValue raw)
    {
        int colon = raw.Text.LastIndexOf(':');
        return colon > 0 && !raw.Text.Contains('/') && TryRead(RawValue.Word(raw.Text[..colon]), out string host) ? ToToml(host)
            : Uri.TryCreate(raw.Text, UriKind.Absolute, out var url) && TryRead(RawValue.Word(url.Host), out host) ? ToToml(host) : null;
    }

    public override string ToText(string value) => value;
}
