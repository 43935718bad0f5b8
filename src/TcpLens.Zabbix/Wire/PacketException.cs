namespace TcpLens.Zabbix.Wire;

/// <summary>What was received is not a packet that can be taken.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">The same in words, with the numbers.</param>
public sealed class PacketException(PacketFault fault, string message) : IOException(message)
{
    public PacketFault Fault => fault;
}
