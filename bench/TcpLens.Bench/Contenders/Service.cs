using System.Diagnostics;

namespace TcpLens.Bench.Contenders;

/// <summary>A resident program and its children: started, asked for its processor time and memory, stopped and continued, ended.</summary>
public sealed class Service : IDisposable
{
    private readonly Process _process;

    public Service(Workshop workshop, string logName, string program, params string[] arguments)
    {
        // The shell only puts the output into a log, enters the control group if there is one, and then becomes the program.
        string log = Path.Combine(workshop.Scratch, logName + ".log");
        string members = workshop.Group is null ? "/dev/null" : Path.Combine(workshop.Group.Directory, ControlGroup.Members);
        var start = new ProcessStartInfo("sh", ["-c", "exec >\"$0\" 2>&1; echo $$ >\"$1\"; shift; exec \"$@\"", log, members, program, .. arguments]);
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(workshop.Peers, "usr", "lib", MultiarchDirectory(workshop));
        _process = Process.Start(start)!;
    }

    /// <summary>Processor time of all threads so far, milliseconds with the scheduler's nanosecond precision.</summary>
    public double CpuMs() => Family().Sum(pid => Threads(pid).Sum(ScheduledNanoseconds)) / 1e6;

    /// <summary>Peak memory of the largest process, KiB.</summary>
    public long PeakRssKib() => Family().Max(PeakKib);

    public void Stop() => Signal("-STOP");

    public void Continue() => Signal("-CONT");

    public void Dispose()
    {
        var family = Family();
        Signal("-TERM", [_process.Id]);
        // An orderly end: zabbix_agentd takes its shared memory away with it.
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            Signal("-KILL", family);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string MultiarchDirectory(Workshop workshop)
    {
        string parent = Path.Combine(workshop.Peers, "usr", "lib");
        return Directory.Exists(parent) ? Directory.GetDirectories(parent, "*-linux-gnu").Select(Path.GetFileName).FirstOrDefault() ?? "" : "";
    }

    private static string[] Threads(int pid)
    {
        string tasks = $"/proc/{pid}/task";
        return Directory.Exists(tasks) ? Directory.GetDirectories(tasks) : [];
    }

    private static long ScheduledNanoseconds(string thread) => long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0]);

    private static long PeakKib(int pid)
    {
        string? line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal));
    }

    private void Signal(string signal) => Signal(signal, Family());

    private static void Signal(string signal, IReadOnlyList<int> family) => Workshop.OutputOf("kill", [signal, .. family.Select(pid => $"{pid}")]);

    // The program and its direct children: no contender has grandchildren.
    private List<int> Family()
    {
        var family = new List<int> { _process.Id };
        foreach (string directory in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out int pid) && ParentOf(pid) == _process.Id)
                family.Add(pid);
        }

        return family;
    }

    private static int ParentOf(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
