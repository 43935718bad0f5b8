using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>The overview of <c>tcplens explain</c>: the drawing of all states and what stands around it.</summary>
public static class StateMachine
{
    public static Phrase Title { get; } = new("The eleven states of a TCP connection", "TCP 连接的十一种状态");

    /// <summary>The drawing, at most 80 columns wide. State names are in their Linux spelling.</summary>
    public static Phrase Drawing { get; } = new(English, Chinese);

    /// <summary>What the drawing leaves out.</summary>
    public static Phrase LeftOut { get; } = new(
        "A RST ends any connection at once. If the peer's FIN also acknowledges ours, FIN_WAIT1 goes straight to TIME_WAIT. If both call "
        + "at once, SYN_SENT goes to SYN_RECV.",
        "收到 RST，任何连接都立即结束。如果对端的 FIN 同时确认了本端的 FIN，FIN_WAIT1 直接进入 TIME_WAIT。双方同时发起时，SYN_SENT 进入 SYN_RECV。");

    public static Phrase ReadMore { get; } = new(
        "One state in full, with this host's settings: tcplens explain time_wait\nEvery spelling will do: TIME-WAIT, timewait, 时间等待.",
        "某个状态的详细说明（含本机参数）：tcplens explain time_wait\n任何写法都可以：TIME-WAIT、timewait、时间等待。");

    private const string English = """
             bind()                CLOSE: holds a port, no connection
          ┌──────────────────────────┴─────────────────────┐
          │ listen()                                       │ connect(): SYN out
          ▼                                                ▼
        LISTEN  a server                                SYN_SENT  a client
          │ SYN in, SYN-ACK out                            │ SYN-ACK in, ACK out
          ▼                                                │
        SYN_RECV ────── ACK in ──────▶ ESTABLISHED ◀───────┘
                                         │    │
          this side closes first         │    │       the peer closes first
          ┌── close(): FIN out ──────────┘    └───── FIN in, ACK out ──┐
          ▼                                                            ▼
        FIN_WAIT1 ─ FIN in, ACK out ─▶ CLOSING                      CLOSE_WAIT
          │ ACK in                       │ ACK in   close(): FIN out   │
          ▼                              │                             ▼
        FIN_WAIT2                        │                          LAST_ACK
          │ FIN in, ACK out              │                    ACK in   │
          ▼                              │                             ▼
        TIME_WAIT ◀──────────────────────┘                            gone
          └─ 60 s ─▶ gone
        """;

    private const string Chinese = """
             bind()                CLOSE：占用端口，没有连接
          ┌──────────────────────────┴─────────────────────┐
          │ listen()                                       │ connect()：发 SYN
          ▼                                                ▼
        LISTEN  服务器                                  SYN_SENT  客户端
          │ 收 SYN，发 SYN-ACK                             │ 收 SYN-ACK，发 ACK
          ▼                                                │
        SYN_RECV ────── 收 ACK ──────▶ ESTABLISHED ◀───────┘
                                         │    │
          本端先关闭                     │    │       对端先关闭
          ┌── close()：发 FIN ───────────┘    └───── 收 FIN，发 ACK ───┐
          ▼                                                            ▼
        FIN_WAIT1 ─ 收 FIN，发 ACK ──▶ CLOSING                      CLOSE_WAIT
          │ 收 ACK                       │ 收 ACK   close()：发 FIN    │
          ▼                              │                             ▼
        FIN_WAIT2                        │                          LAST_ACK
          │ 收 FIN，发 ACK               │                    收 ACK   │
          ▼                              │                             ▼
        TIME_WAIT ◀──────────────────────┘                            消失
          └─ 60 秒 ─▶ 消失
        """;
}
