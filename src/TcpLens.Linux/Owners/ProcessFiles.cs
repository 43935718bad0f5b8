using System.Buffers.Text;
using TcpLens.Core.Owners;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Owners;

/// <summary>Reads who a process is. Its name, cgroup and user every user may read; the command line too, unless /proc hides it.</summary>
internal sealed class ProcessFiles(OwnerRoots roots)
{
    private const int FileBytes = 16 * 1024;

    /// <summary>Bytes of a command line that are decoded: what is kept of it when each character takes four, and as much again for what is masked.</summary>
    private const int CommandLineBytes = Owner.CommandLineMaximum * 4 * 2;

    private readonly byte[] _buffer = new byte[FileBytes];
    private UserNames? _users;

    /// <summary>Whether the process still lives, and as the same program: by its beginning and its name.</summary>
    public bool IsStill(Holder holder) =>
        TryReadStat(holder.Process, out var name, out ulong start) && start == holder.Start && PrintableName.Of(name) == holder.Owner.Process;

    /// <summary>Everything about the process; <see langword="null"/> when it has ended.</summary>
    public Holder? Read(int process)
    {
        if (!TryReadStat(process, out var name, out ulong start))
            return null;
        string comm = PrintableName.Of(name);
        var place = Read(process, "cgroup", out var cgroup) ? CgroupPlace.Parse(cgroup) : default;
        var owner = new Owner
        {
            ProcessId = process,
            StartTime = start,
            Process = comm,
            CommandLine = ReadCommandLine(process),
            Unit = place.Unit,
            Container = place.Container,
            User = ReadUser(process),
        };
        return new Holder(process, start, owner.Named());
    }

    private bool TryReadStat(int process, out ReadOnlySpan<byte> name, out ulong start)
    {
        name = default;
        start = 0;
        return Read(process, "stat", out var line) && ProcessStat.TryParse(line, out name, out start);
    }

    private string? ReadCommandLine(int process)
    {
        if (!Read(process, "cmdline", out var words))
            return null;
        // Cut before it is decoded, behind a secret of any length.
        words = words.TrimEnd((byte)0);
        words = words[..Math.Min(words.Length, CommandLineBytes)];
        var arguments = new List<string>();
        foreach (var argument in words.Split((byte)0))
            arguments.Add(PrintableName.Of(words[argument]));

        string text = SecretArguments.Join(arguments);
        if (text.Length > Owner.CommandLineMaximum)
            text = text[..(Owner.CommandLineMaximum - (char.IsHighSurrogate(text[Owner.CommandLineMaximum - 2]) ? 2 : 1))] + '…';
        return text.Length == 0 ? null : text;
    }

    // Uid:	real	effective	saved	filesystem
    private string? ReadUser(int process)
    {
        if (!Read(process, "status", out var status))
            return null;
        int at = status.IndexOf("\nUid:\t"u8);
        if (at < 0)
            return null;
        var numbers = status[(at + "\nUid:\t"u8.Length)..];
        int tab = numbers.IndexOf((byte)'\t');
        return tab >= 0 && Utf8Parser.TryParse(numbers[(tab + 1)..], out uint user, out _) ? (_users ??= new UserNames(roots.Users)).Of(user) : null;
    }

    // What was read before is overwritten.
    private bool Read(int process, string file, out Span<byte> text)
    {
        bool isRead = SmallFile.Read($"{roots.Proc}/{process}/{file}", _buffer, out int length) == Errno.None && length > 0;
        text = _buffer.AsSpan(0, length);
        return isRead;
    }
}
