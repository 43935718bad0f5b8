using TcpLens.Core.Text;
using TcpLens.Zabbix.Sender;

namespace TcpLens.Configuration;

/// <summary>A Zabbix server or proxy, or the nodes of one HA cluster.</summary>
internal sealed class ServersType : TextType<string>
{
    public override Phrase Expected { get; } = new("host or host:port ([v6]:port), the nodes of one cluster between semicolons", "主机或 主机:端口（IPv6 写作 [地址]:端口），同一集群的节点以分号分隔");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && ServerCluster.TryParseList(value, out var clusters, out _) && clusters.Length == 1;
    }

    public override string ToText(string value) => value;
}
