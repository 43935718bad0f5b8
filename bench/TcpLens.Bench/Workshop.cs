using System.Diagnostics;

namespace TcpLens.Bench;

/// <summary>Where the sources and the built tools of the comparison lie.</summary>
public sealed class Workshop
{
    public Workshop(BenchOptions options)
    {
        Root = FindRoot();
        TcpLens = Path.GetFullPath(options.TcpLens ?? Of("artifacts", "publish", "TcpLens", "release_linux-x64", "tcplens"));
        Directory.CreateDirectory(Scratch);
        Directory.CreateDirectory(Programs);
    }

    public string Root { get; }

    /// <summary>Where every <see cref="Contenders.Service"/> is started that is given this workshop; null: where the comparison itself runs.</summary>
    public ControlGroup? Group { get; init; }

    public string TcpLens { get; }

    public string Programs => Of("artifacts", "bench", "bin");

    /// <summary>The unpacked Debian packages of the contenders; see <c>bench/peers</c>.</summary>
    public string Peers => Of("artifacts", "bench", "peers");

    public string Scratch => Of("artifacts", "bench", "scratch");

    public string Load => Path.Combine(Programs, "tcp-load");

    public string Reader => Path.Combine(Programs, "netlink-reader");

    /// <summary>The program in the kernel of the minimal C reader, and the reader.</summary>
    public string Walk => Path.Combine(Programs, "walk.o");

    public string WalkReader => Path.Combine(Programs, "walk-reader");

    /// <summary>Whether these two could be built: it takes clang and libbpf.</summary>
    public bool HasWalk => File.Exists(Walk) && File.Exists(WalkReader);

    public string Measure => Path.Combine(Programs, "measure");

    public string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of an unpacked package, or null when it is not there.</summary>
    public string? Peer(string path) => File.Exists(Path.Combine(Peers, path)) ? Path.Combine(Peers, path) : null;

    /// <summary>The version of an unpacked package, or null when the file that matters is not there.</summary>
    public string? PackageVersion(string package, string path) => Peer(path) is null
        ? null
        : OutputOf("dpkg-deb", "-f", Directory.GetFiles(Path.Combine(Peers, "packages"), $"{package}_*.deb")[0], "Version");

    public void BuildPrograms()
    {
        Compile(Load, Directory.GetFiles(Of("bench", "load"), "*.c"));
        Compile(Reader, [Of("bench", "readers", "netlink-reader.c")]);
        Compile(Measure, [Of("bench", "readers", "measure.c")]);
        BuildWalk();
    }

    /// <summary>What a command prints, both streams, without the last line end; null when it cannot be started.</summary>
    public static string? OutputOf(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output + errors.Result).Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // A contender that cannot be built is missing in the tables.
    private void BuildWalk()
    {
        File.Delete(Walk);
        File.Delete(WalkReader);
        string headers = "/usr/include/" + OutputOf("gcc", "-dumpmachine");
        _ = OutputOf("clang", "-target", "bpf", "-g", "-O2", "-Wall", "-Wno-missing-declarations", "-I", headers, "-c", Of("bench", "readers", "walk.bpf.c"), "-o", Walk);
        _ = OutputOf("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", WalkReader, Of("bench", "readers", "walk-reader.c"), "-lbpf");
    }

    private static void Compile(string to, string[] sources)
    {
        using var gcc = Process.Start("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-o", to, .. sources]);
        gcc.WaitForExit();
        if (gcc.ExitCode != 0)
            throw new InvalidOperationException($"gcc could not build {to}");
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "TcpLens.slnx")))
                return at.FullName;
        }

        throw new InvalidOperationException("the comparison runs inside its checkout");
    }
}
