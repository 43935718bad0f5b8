using TcpLens.Core.Text;
using TcpLens.Zabbix.Passive;

namespace TcpLens.Configuration;

/// <summary>Who may ask: addresses, CIDR and names between commas.</summary>
internal sealed class AllowType : TextType<string>
{
    public override Phrase Expected { get; } = new("addresses, CIDR and host names between commas (192.0.2.10,2001:db8::/32)", "以逗号分隔的地址、CIDR 与主机名（192.0.2.10,2001:db8::/32）");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && AllowList.TryParse(value, out _, out _);
    }

    public override string ToText(string value) => value;
}
