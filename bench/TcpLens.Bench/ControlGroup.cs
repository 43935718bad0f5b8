using System.Globalization;

namespace TcpLens.Bench;

/// <summary>A control group (version 2) that tells the processor time of all processes that ever lived in it, microseconds exactly. Needs root.</summary>
public sealed class ControlGroup(string name) : IDisposable
{
    /// <summary>The file of its processes: whoever writes an id there moves that process in.</summary>
    public const string Members = "cgroup.procs";

    private const string Usage = "usage_usec ";

    public string Directory { get; } = Path.Combine(MountPoint() ?? "/sys/fs/cgroup", name);

    /// <summary>Makes the group.</summary>
    /// <exception cref="InvalidOperationException">There is no cgroup version 2 here.</exception>
    public void Create()
    {
        if (MountPoint() is null)
            throw new InvalidOperationException("needs a mounted cgroup2 file system: it tells the processor time of the agents");
        System.IO.Directory.CreateDirectory(Directory);
    }

    public double CpuMs()
    {
        string line = File.ReadLines(Path.Combine(Directory, "cpu.stat")).First(text => text.StartsWith(Usage, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Usage.Length), CultureInfo.InvariantCulture) / 1e3;
    }

    /// <summary>Ids of the processes that live in it now.</summary>
    public IReadOnlyList<int> Processes() => [.. File.ReadLines(Path.Combine(Directory, Members)).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        // A group takes a moment to notice that its last process is gone.
        for (int tries = 0; System.IO.Directory.Exists(Directory); tries++)
        {
            try
            {
                System.IO.Directory.Delete(Directory);
            }
            catch (IOException) when (tries < 100)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static string? MountPoint() =>
        File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).FirstOrDefault(mount => mount[2] == "cgroup2")?[1];
}
