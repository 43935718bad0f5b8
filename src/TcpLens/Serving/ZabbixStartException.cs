using TcpLens.Core.Text;

namespace TcpLens.Serving;

/// <summary>TcpLens cannot take part in the Zabbix network as the settings say; <see cref="Reason"/> says why and what to do.</summary>
internal sealed class ZabbixStartException(Phrase reason, Exception? cause = null) : Exception(reason.English, cause)
{
    public Phrase Reason { get; } = reason;
}
