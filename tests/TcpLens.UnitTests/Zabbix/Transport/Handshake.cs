using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

/// <summary>How a handshake ended on both sides: with a stream or with what went wrong.</summary>
internal sealed record Handshake(Stream? Client, Exception? ClientFailure, Stream? Server, Exception? ServerFailure)
{
    public string ClientMessage => Assert.IsType<TransportException>(ClientFailure).Message;

    public string ServerMessage => Assert.IsType<TransportException>(ServerFailure).Message;

    /// <summary>Both streams of a handshake that went well.</summary>
    public (Stream Client, Stream Server) Streams
    {
        get
        {
            Assert.Null(ClientFailure);
            Assert.Null(ServerFailure);
            return (Client!, Server!);
        }
    }
}
