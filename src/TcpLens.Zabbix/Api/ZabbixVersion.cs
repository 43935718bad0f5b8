using System.Globalization;

namespace TcpLens.Zabbix.Api;

/// <summary>The version of a Zabbix API, by which its calls differ; the third number makes no difference.</summary>
public readonly record struct ZabbixVersion(int Major, int Minor)
{
    /// <summary>Templates have groups of their own since 6.2; before, they shared those of hosts.</summary>
    public bool HasTemplateGroups => IsAtLeast(6, 2);

    /// <summary>Since 6.4 the token travels in a header; 7.2 no longer accepts it in the body.</summary>
    public bool HasBearerToken => IsAtLeast(6, 4);

    /// <summary>Reads "7.0.22" or "7.4.0beta1".</summary>
    public static bool TryParse(string text, out ZabbixVersion version)
    {
        version = default;
        string[] parts = text.Split('.');
        if (parts.Length < 2 || !TryNumber(parts[0], out int major) || !TryNumber(parts[1], out int minor))
            return false;
        version = new(major, minor);
        return true;
    }

    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    public override string ToString() => $"{Major}.{Minor}";

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
