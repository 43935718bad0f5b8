using System.Diagnostics;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Owners;

/// <summary>
/// A process of its own that holds sockets: a script in Perl, which every Debian has. The script says a line when it is ready, and goes on when it is
/// told to; it ends with the test.
/// </summary>
internal sealed class PerlProcess : IDisposable
{
    private const string Prelude = """
        use strict; use warnings; use IO::Socket::INET; use Socket; $| = 1; $^F = 1000;
        sub listener { IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1', LocalPort => 0) or die "listen: $!" }
        sub client { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $_[0]) or die "connect: $!" }
        sub say_ready { print join(' ', 'ready', @_), "\n"; }
        sub await { my $line = <STDIN>; exit 0 unless defined $line; }
        sub sleep_on { say_ready(@_); sleep 600; }

        """;

    private readonly Process _process;

    /// <summary>Starts the script in the namespace of the calling thread and waits until it is ready.</summary>
    /// <param name="script">What it does.</param>
    /// <param name="descriptors">How many descriptors it may have; as many as the test where <see langword="null"/>.</param>
    public PerlProcess(string script, int? descriptors = null)
    {
        Require.That(File.Exists("/usr/bin/perl"), "needs perl");
        string[] around = descriptors is { } most ? ["-c", $"ulimit -n {most}; exec \"$@\"", "sh", "/usr/bin/perl"] : [];
        _process = Process.Start(new ProcessStartInfo(descriptors is null ? "/usr/bin/perl" : "/bin/sh", [.. around, "-e", Prelude + script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Words = Next();
    }

    public int Id => _process.Id;

    /// <summary>What the script said with its first line, numbers.</summary>
    public int[] Words { get; }

    /// <summary>Lets the script go on, and waits until it is ready again.</summary>
    public int[] GoOn()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return Next();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private int[] Next()
    {
        string? line = _process.StandardOutput.ReadLine();
        Assert.StartsWith("ready", line ?? "the script has ended");
        return [.. line!.Split(' ')[1..].Select(int.Parse)];
    }
}
