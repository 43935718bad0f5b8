using System.Text;
using TcpLens.LocalSocket;

namespace TcpLens.CommandLine;

/// <summary>Everything around the program that it touches: replaced as a whole in tests.</summary>
internal sealed record Surroundings
{
    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    /// <summary>Whether what is written to <see cref="Error"/> goes to systemd's journal.</summary>
    public Func<bool> IsErrorJournal { get; init; } = static () => false;

    /// <summary>Whether standard output is a terminal.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Columns of the terminal as it is now; 0 when it is none.</summary>
    public Func<int> Columns { get; init; } = static () => 0;

    /// <summary>An environment variable, or <see langword="null"/>.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The environment variables whose names begin with a prefix.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> Variables { get; init; } = static _ => new Dictionary<string, string>(StringComparer.Ordinal);

    public required TimeProvider Clock { get; init; }

    public required IKernel Kernel { get; init; }

    /// <summary>The resident monitor of this host, to be asked before the kernel is; <see langword="null"/>: ask nobody.</summary>
    public LocalClient? Resident { get; init; }

    /// <summary>Says what is wrong, in one line or several.</summary>
    public void Complain(string words)
    {
        // The level of a line, which the journal takes from its beginning: sd-daemon(3).
        string mark = IsErrorJournal() ? "<3>" : "";
        Error.Write(Encoding.UTF8.GetBytes($"{mark}tcplens: {words.Replace("\n", "\n" + mark, StringComparison.Ordinal)}\n"));
    }
}
