using System.Text;

namespace TcpLens.Zabbix.Buffer;

/// <summary>A value that waits to be sent, with the name under which the server knows it if it comes twice.</summary>
/// <param name="Session">32 hexadecimal digits.</param>
/// <param name="Id">Grows by one with every value of the session.</param>
/// <param name="Value">The value.</param>
public sealed record WaitingValue(string Session, long Id, NewValue Value)
{
    /// <summary>What a value takes beside its texts: keys and numbers of its row, or its objects in memory.</summary>
    private const int Overhead = 48;

    /// <summary>What it counts against the limits.</summary>
    public int Bytes { get; } = Overhead + Encoding.UTF8.GetByteCount(Value.Item) + Encoding.UTF8.GetByteCount(Value.Text);
}
