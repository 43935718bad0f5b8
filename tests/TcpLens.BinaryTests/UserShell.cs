using System.Runtime.CompilerServices;
using TcpLens.TestKit;

namespace TcpLens.BinaryTests;

/// <summary>
/// The published program in the hands of its user: a shell that finds it as <c>tcplens</c> (and as <c>"$TCPLENS"</c> where there is no
/// PATH), installed where every user may run it. <c>$NOBODY</c> before a command runs it as nobody, without any environment.
/// </summary>
internal static class UserShell
{
    private static readonly Lazy<string> s_directory = new(Install);

    /// <summary>Where <c>tcplens</c> and the tools of the tests lie; gone when the test program ends.</summary>
    public static string Directory => s_directory.Value;

    public static Dictionary<string, string?> Surroundings => new(StringComparer.Ordinal)
    {
        ["PATH"] = $"{Directory}:{Environment.GetEnvironmentVariable("PATH")}",
        ["TCPLENS"] = Path.Combine(Directory, "tcplens"),
        ["NOBODY"] = "setpriv --reuid=65534 --regid=65534 --clear-groups env -i",
        ["LC_ALL"] = "C.UTF-8",
        ["NO_COLOR"] = null,
    };

    /// <summary>Runs a script of <c>/bin/sh</c> and waits for its end.</summary>
    public static BinaryOutcome Run(string script, TimeSpan? timeout = null) =>
        PublishedBinary.RunProgram("/bin/sh", ["-c", script], Surroundings, timeout);

    /// <summary>Compiles C sources of the checkout to a tool that the shell finds by <paramref name="name"/>.</summary>
    [MethodImpl(MethodImplOptions.Synchronized)]
    public static void Build(string name, params string[] sources)
    {
        string tool = Path.Combine(Directory, name);
        if (!File.Exists(tool))
            Require.That(PublishedBinary.RunProgram("cc", ["-O2", "-o", tool, .. sources]).ExitCode == 0, "needs a C compiler: apt-get install gcc libc6-dev");
    }

    public static void Need(string program, string package) =>
        Require.That(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(directory => File.Exists(Path.Combine(directory, program))),
            $"needs {program}: apt-get install {package}");

    private static string Install()
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("tcplens-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        var copied = PublishedBinary.RunProgram("install", ["-m", "755", PublishedBinary.Path, Path.Combine(directory, "tcplens")]);
        var opened = PublishedBinary.RunProgram("chmod", ["755", directory]);
        Require.That(copied.ExitCode + opened.ExitCode == 0, "cannot install the program: " + copied.Error + opened.Error);
        return directory;
    }
}
