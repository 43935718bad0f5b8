namespace TcpLens.Zabbix.Transport;

/// <summary>Two sides could not agree on a protected connection.</summary>
/// <param name="message">What happened and what to look at; never a secret.</param>
/// <param name="cause">What the layer below said.</param>
public sealed class TransportException(string message, Exception? cause = null) : IOException(message, cause);
