using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Zabbix;

/// <summary>
/// Debian's zabbix_agentd or zabbix_agent2, unpacked privately by <c>tools/zabbix-agents.sh</c>, with a configuration of its own. It runs as
/// nobody inside a lab: known sockets in a network namespace that goes with it.
/// </summary>
internal sealed class RealAgent : IDisposable
{
    private const int Port = 10950;

    private readonly DirectoryInfo _directory;
    private Process? _lab;

    public RealAgent(string name)
    {
        Require.Root();
        string program = PublishedBinary.Path;
        Prepare();
        // Only now: a test that is skipped disposes of nothing.
        _directory = Directory.CreateTempSubdirectory("tcplens-real-");
        Name = name;
        Directory.CreateDirectory(DropInDirectory);
        File.WriteAllText(
            Configuration,
            $"LogType=console\nServer=127.0.0.1\nListenIP=127.0.0.1\nListenPort={Port}\nHostname=lab\nPidFile={_directory.FullName}/pid\n"
            + (name == "zabbix_agent2" ? $"ControlSocket={_directory.FullName}/control.sock\nPluginSocket={_directory.FullName}/plugin.sock\n" : "StartAgents=1\n")
            + $"Include={DropInDirectory}/*.conf\n");
        // All that nobody runs and reads is copied to where nobody may go: the checkout may lie in a private home.
        File.Copy(program, Binary);
        PublishedBinary.RunProgram("/bin/cp", ["-r", Path.Combine(Unpacked, "usr"), _directory.FullName]);
        PublishedBinary.RunProgram("/bin/chmod", ["-R", "a+rwX", _directory.FullName]);
    }

    public string Name { get; }

    public string Configuration => Path.Combine(_directory.FullName, Name + ".conf");

    public string DropInDirectory => Path.Combine(_directory.FullName, Name + ".d");

    /// <summary>The program under test, where the agent's user can run it.</summary>
    public string Binary => Path.Combine(_directory.FullName, "tcplens");

    private static string Unpacked => RepositoryRoot.Of("artifacts", "zabbix-agents");

    private string Executable => Path.Combine(_directory.FullName, "usr/sbin", Name);

    private Dictionary<string, string?> Surroundings => new(StringComparer.Ordinal)
    {
        ["LD_LIBRARY_PATH"] = string.Join(':', Directory.EnumerateDirectories(Path.Combine(_directory.FullName, "usr/lib"), "*-linux-gnu")),
        ["LC_ALL"] = "C",
    };

    /// <summary>Starts a lab with those sockets and the agent in it, and waits until the agent answers.</summary>
    public void Start(params string[] wanted)
    {
        string foreground = Name == "zabbix_agent2" ? "" : "-f";
        var start = new ProcessStartInfo(PublishedBinary.Path, ["lab", .. wanted, "--", "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Executable, "-c", Configuration, .. foreground.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Surroundings)
            start.Environment[name] = value;
        _lab = Process.Start(start)!;
        var said = new StringBuilder();
        _lab.OutputDataReceived += (_, line) => Keep(said, line.Data);
        _lab.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        _lab.BeginOutputReadLine();
        _lab.BeginErrorReadLine();
        var patience = Stopwatch.StartNew();
        while (TryGet("agent.ping") != "1")
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20) && !_lab.HasExited, $"{Name} does not answer: {said}");
            Thread.Sleep(100);
        }
    }

    /// <summary>Runs a command in the agent's network namespace, as root.</summary>
    public BinaryOutcome Inside(string program, params string[] arguments) =>
        PublishedBinary.RunProgram("/usr/bin/nsenter", [$"--net=/proc/{AgentProcess()}/ns/net", program, .. arguments], Surroundings, TimeSpan.FromSeconds(60));

    /// <summary>Asks the running agent for a key as a server does.</summary>
    public string Get(string key) => TryGet(key) ?? throw new InvalidOperationException($"{Name} closed the connection when asked for {key}");

    /// <summary>Lets the agent read its user parameters again, and waits until it knows <paramref name="key"/>.</summary>
    public void Reload(string key)
    {
        var outcome = Inside("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Executable, "-c", Configuration, "-R", "userparameter_reload");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        var patience = Stopwatch.StartNew();
        while (Get(key).StartsWith("ZBX_NOTSUPPORTED", StringComparison.Ordinal))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), $"{Name} does not know {key} after its reload");
            Thread.Sleep(100);
        }
    }

    public void Dispose()
    {
        if (_lab is { HasExited: false })
        {
            _lab.Kill(entireProcessTree: true);
            _lab.WaitForExit();
        }

        _lab?.Dispose();
        _directory.Delete(recursive: true);
    }

    private static void Prepare()
    {
        var outcome = PublishedBinary.RunProgram(RepositoryRoot.Of("tools", "zabbix-agents.sh"), [], timeout: TimeSpan.FromMinutes(4));
        Require.That(outcome.ExitCode == 0, $"needs Debian's Zabbix agents: {outcome.Error}");
    }

    // The lab's only child.
    private string AgentProcess() => File.ReadAllText($"/proc/{_lab!.Id}/task/{_lab.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..]
        ? child
        : AnyChild();

    // A thread of the lab, not its first, has started the agent.
    private string AnyChild() => Directory.EnumerateDirectories($"/proc/{_lab!.Id}/task")
        .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .First();

    // A server's question: ZBXD, flags, length, nothing, key. The connection is made by a thread that has entered the agent's namespace.
    private string? TryGet(string key)
    {
        string? answer = null;
        var thread = new Thread(() =>
        {
            try
            {
                NetworkNamespace.Enter(AgentProcess());
                answer = Ask(key);
            }
            catch (Exception failure) when (failure is SocketException or IOException or InvalidOperationException)
            {
                answer = null;
            }
        });
        thread.Start();
        thread.Join();
        return answer;
    }

    private static string? Ask(string key)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        // What this poll leaves behind must not be counted by the next one: reset instead of TIME_WAIT.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Connect(IPAddress.Loopback, Port);
        byte[] request = new byte[13 + key.Length];
        "ZBXD\x01"u8.CopyTo(request);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(5), key.Length);
        Encoding.ASCII.GetBytes(key, request.AsSpan(13));
        socket.Send(request);
        byte[] header = new byte[13];
        if (!Fill(socket, header))
            return null;
        byte[] data = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(5))];
        return Fill(socket, data) ? Encoding.UTF8.GetString(data) : null;
    }

    private static void Keep(StringBuilder said, string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }

    private static bool Fill(Socket socket, byte[] buffer)
    {
        for (int filled = 0; filled < buffer.Length;)
        {
            int got = socket.Receive(buffer.AsSpan(filled));
            if (got == 0)
                return false;
            filled += got;
        }

        return true;
    }
}
