using System.Formats.Asn1;
using System.Text;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// The name of a certificate's subject or issuer as Zabbix shows and compares it (RFC 4514). Its two TLS libraries call some parts differently, and an
/// administrator copies what one of them printed: both forms match.
/// </summary>
internal static class DistinguishedName
{
    private const string NoName = "(unreadable)";

    /// <summary>What GnuTLS and OpenSSL call the parts (RFC 4514 section 3, and beyond).</summary>
    private static readonly (string Oid, string GnuTls, string OpenSsl)[] Parts =
    [
        ("2.5.4.3", "CN", "CN"),
        ("2.5.4.4", "surName", "SN"),
        ("2.5.4.5", "serialNumber", "serialNumber"),
        ("2.5.4.6", "C", "C"),
        ("2.5.4.7", "L", "L"),
        ("2.5.4.8", "ST", "ST"),
        ("2.5.4.9", "street", "street"),
        ("2.5.4.10", "O", "O"),
        ("2.5.4.11", "OU", "OU"),
        ("2.5.4.12", "title", "title"),
        ("2.5.4.13", "description", "description"),
        ("2.5.4.15", "businessCategory", "businessCategory"),
        ("2.5.4.17", "postalCode", "postalCode"),
        ("2.5.4.20", "telephoneNumber", "telephoneNumber"),
        ("2.5.4.41", "name", "name"),
        ("2.5.4.42", "givenName", "GN"),
        ("2.5.4.43", "initials", "initials"),
        ("2.5.4.44", "generationQualifier", "generationQualifier"),
        ("2.5.4.46", "dnQualifier", "dnQualifier"),
        ("2.5.4.65", "pseudonym", "pseudonym"),
        ("0.9.2342.19200300.100.1.1", "UID", "UID"),
        ("0.9.2342.19200300.100.1.25", "DC", "DC"),
        ("1.2.840.113549.1.9.1", "EMAIL", "emailAddress"),
    ];

    /// <summary>The name as GnuTLS prints it: the builds of Zabbix in Debian use it.</summary>
    /// <param name="encoded">The name in DER (RFC 5280 section 4.1.2.4).</param>
    public static string Format(byte[] encoded) => TryFormat(encoded, isOpenSsl: false) ?? NoName;

    /// <summary>Whether the name is the expected one in either form.</summary>
    public static bool Matches(byte[] encoded, string expected) =>
        TryFormat(encoded, isOpenSsl: false) == expected || TryFormat(encoded, isOpenSsl: true) == expected;

    private static string? TryFormat(byte[] encoded, bool isOpenSsl)
    {
        try
        {
            var levels = new List<string>();
            var name = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            while (name.HasData)
            {
                var level = name.ReadSetOf();
                var values = new List<string>();
                while (level.HasData)
                    values.Add(Value(level.ReadSequence(), isOpenSsl));
                if (isOpenSsl)
                    values.Reverse();
                levels.Add(string.Join('+', values));
            }

            levels.Reverse();
            return string.Join(',', levels);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string Value(AsnReader pair, bool isOpenSsl)
    {
        string oid = pair.ReadObjectIdentifier();
        var (known, gnuTls, openSsl) = Array.Find(Parts, part => part.Oid == oid);
        string label = known is null ? oid : isOpenSsl ? openSsl : gnuTls;
        byte[] value = pair.PeekEncodedValue().ToArray();
        return known is not null && Text(pair) is string text ? $"{label}={Escape(text)}" : $"{label}=#{Convert.ToHexString(value)}";
    }

    private static string? Text(AsnReader pair)
    {
        var tag = pair.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is var kind &&
            kind is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.NumericString
                or UniversalTagNumber.VisibleString or UniversalTagNumber.T61String or UniversalTagNumber.BMPString
            ? pair.ReadCharacterString(kind)
            : null;
    }

    /// <summary>RFC 4514 section 2.4.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character < ' ' || character == '\x7f')
            {
                escaped.Append('\\').Append(((int)character).ToString("X2"));
                continue;
            }

            bool isAtEdge = (i == 0 && (character is ' ' or '#')) || (i == text.Length - 1 && character == ' ');
            if (isAtEdge || character is '"' or '+' or ',' or ';' or '<' or '>' or '\\')
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
