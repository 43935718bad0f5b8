using System.Text;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Readings;
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
        using var connection = LocalConnection.TryConnect(path, s_patience);
        return connection is not null && IsTrusted(connection, path) ? Ask(connection, new LocalQuestion(OwnNamespace.Inode, key)) : null;
    }

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
