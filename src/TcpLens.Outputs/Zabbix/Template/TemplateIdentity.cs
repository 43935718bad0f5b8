using System.Security.Cryptography;
using System.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// The UUIDs by which Zabbix knows an entity again at the next import. They follow from what the entity is, so that they are the same for
/// ever; a changed one would cost a site its history. Zabbix demands version 4 (RFC 9562).
/// </summary>
internal sealed class TemplateIdentity(string template)
{
    /// <summary>The group of Zabbix' own templates for operating systems.</summary>
    public const string OperatingSystemsGroup = "846977d1dfed4968bc5f8bdb363285bc";

    private readonly SortedDictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>Every identity that was given, by its path.</summary>
    public IReadOnlyDictionary<string, string> Given => _given;

    /// <summary>The UUID of an entity: 32 lower-case hexadecimal digits.</summary>
    /// <param name="kind">What it is: <c>item</c>, <c>trigger</c>.</param>
    /// <param name="id">Which one.</param>
    public string Of(string kind, string id)
    {
        string path = $"tcplens/{template}/{kind}/{id}";
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(path));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        string uuid = Convert.ToHexStringLower(hash.AsSpan(0, 16));
        _given[path] = uuid;
        return uuid;
    }
}
