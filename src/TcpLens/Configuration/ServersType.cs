using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A Zabbix server or proxy, or the nodes of one HA cluster.</summary>
internal sealed class ServersType : TextType<string>
{
    public override Phrase Expected { get; } = new("host or host:port ([v6]:port), the nodes of one cluster between semicolons", "主机或 主机:端口（IPv6 写作 [地址]:端口），同一集群的节点以分号分隔");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length > 0;
    }

    public override string ToText(string value) => value;
}
