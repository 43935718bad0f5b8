using System.Text;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Namespaces;
using TcpLens.Zabbix;

namespace TcpLens.LocalSocket;

/// <summary>
/// Asks the resident monitor of this host before a one-shot command reads the kernel itself: one reading then serves all who ask. Where there is
/// none, none that may be trusted, or none that answers at once, the answer is <see langword="null"/> and the command reads for itself.
/// </summary>
internal sealed class LocalClient(Func<string, string?> environment)
{
    /// <summary>Where the monitor listens unless its configuration says otherwise. Only root can make that directory.</summary>
    public const string DefaultPath = "/run/tcplens/tcplens.sock";

    /// <summary>Names another socket; empty: ask nobody.</summary>
    public const string PathVariable = "TCPLENS_SOCKET_PATH";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private static readonly Phrase s_nobody = new("tcplens serve does not run: nobody listens at {0}", "tcplens serve 没有运行：{0} 无人监听");
    private static readonly Phrase s_silent = new("tcplens serve hangs: no answer at {0}", "tcplens serve 无响应：{0} 没有应答");
    private static readonly Phrase s_denied = new("tcplens serve may not be asked by this user: see socket.group for {0}", "当前用户无权询问 tcplens serve：{0} 的权限见 socket.group");
    private static readonly Phrase s_stranger = new("whoever listens at {0} is not trusted: neither root nor this user", "{0} 的监听者不可信：既不是 root 也不是当前用户");
    private static readonly Phrase s_elsewhere = new("tcplens serve at {0} has nothing for this network namespace", "{0} 的 tcplens serve 没有本网络命名空间的数据");

    private volatile MonitorPresence _presence = MonitorPresence.NotAsked;

    /// <summary>Whether the monitor answered when it was last asked, and why not.</summary>
    public MonitorPresence Presence => _presence;

    /// <summary>The value of an item.</summary>
    public AgentAnswer? Key(string key) => Ask(key) switch
    {
        { Kind: LocalAnswerKind.Value } answer => AgentAnswer.Value(Encoding.UTF8.GetString(answer.Bytes)),
        { Kind: LocalAnswerKind.NotSupported } answer => new AgentAnswer(Encoding.UTF8.GetString(answer.Bytes), IsSupported: false),
        _ => null,
    };

    /// <summary>The states of the caller's own network namespace.</summary>
    public HostReading? States() => Ask("") is { Kind: LocalAnswerKind.Reading } answer && ReadingCodec.TryParse(answer.Bytes, out var reading) ? reading : null;

    /// <summary>What the rules say of the caller's own network namespace.</summary>
    public Examination? Examination() =>
        Ask(LocalQuestion.Examination) is { Kind: LocalAnswerKind.Examination } answer && ExaminationCodec.TryParse(answer.Bytes, out var examination) ? examination : null;

    private LocalAnswer? Ask(string key)
    {
        string path = environment(PathVariable) ?? DefaultPath;
        if (path.Length == 0)
            return null;
        using var connection = LocalConnection.TryConnect(path, s_patience, out var failure);
        var answer = connection is not null && IsTrusted(connection, path) ? Ask(connection, new LocalQuestion(OwnNamespace.Inode, key)) : null;
        _presence = Look(path, connection, failure, answer);
        return answer;
    }

    private static MonitorPresence Look(string path, LocalConnection? connection, ConnectFailure failure, LocalAnswer? answer)
    {
        if (answer is not null)
            return answer.Kind == LocalAnswerKind.Refused ? Absent(s_elsewhere, path) : MonitorPresence.Running;
        if (connection is not null)
            return Absent(IsTrusted(connection, path) ? s_silent : s_stranger, path);
        return Absent(failure switch { ConnectFailure.Denied => s_denied, ConnectFailure.Silent => s_silent, _ => s_nobody }, path);
    }

    private static MonitorPresence Absent(Phrase why, string path) => new(why.With(path));

    private static LocalAnswer? Ask(LocalConnection connection, LocalQuestion question)
    {
        if (question.ToBytes() is not { } bytes || !connection.TryWrite(bytes))
            return null;
        Span<byte> head = stackalloc byte[LocalAnswer.HeadBytes];
        if (!connection.TryRead(head) || !LocalAnswer.TryParseHead(head, out var kind, out int length))
            return null;
        byte[] rest = new byte[length];
        return connection.TryRead(rest) ? new LocalAnswer(kind, rest) : null;
    }

    // Whoever listens must be root, this user, or the one to whom the directory was given: nobody else shall make up numbers.
    private static bool IsTrusted(LocalConnection connection, string path) =>
        connection.PeerUserId == 0
        || connection.PeerUserId == FileOwner.OwnUser
        || (path == DefaultPath && connection.PeerUserId == FileOwner.UserOf(Path.GetDirectoryName(path)!));
}
