namespace TcpLens.Zabbix.Sender;

/// <summary>When and how much is sent.</summary>
public sealed record DeliverySettings
{
    /// <summary>The longest that connection, handshake and answer may take together.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long values gather before they are sent, unless a message is full before (<c>BufferSend</c>).</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Values in one message.</summary>
    public int ValuesMaximum { get; init; } = TrapperMessage.ValuesMaximum;

    /// <summary>Bytes of values in one message; a longer value goes alone.</summary>
    public long BytesMaximum { get; init; } = TrapperMessage.BytesMaximum;

    /// <summary>How long to wait after a first failure; twice as long after each that follows.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);
}
