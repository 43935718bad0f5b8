namespace TcpLens.Zabbix.Transport;

/// <summary>An identity or its key that cannot be used.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">The same in words (English), with what to do; never the key.</param>
/// <param name="cause">What the system said.</param>
public sealed class PskException(PskFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public PskFault Fault => fault;
}
