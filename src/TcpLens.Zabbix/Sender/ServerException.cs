namespace TcpLens.Zabbix.Sender;

/// <summary>No answer came from a server, or none that can be read. Whether it got the request is not known.</summary>
/// <param name="message">Which address, and what happened.</param>
/// <param name="cause">What the layer below said.</param>
public sealed class ServerException(string message, Exception? cause = null) : IOException(message, cause);
