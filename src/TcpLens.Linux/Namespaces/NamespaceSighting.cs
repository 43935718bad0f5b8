namespace TcpLens.Linux.Namespaces;

/// <summary>What a survey has learned of one namespace so far.</summary>
internal sealed class NamespaceSighting
{
    public ulong? Inode { get; set; }

    public ulong? StandIn { get; set; }

    /// <summary>The lowest process inside; 0 when none was seen.</summary>
    public int ProcessId { get; set; }

    /// <summary>The file in /run/netns that stands for it; of several the first by name.</summary>
    public string? Path { get; set; }

    public bool IsOwn { get; set; }

    public void SeeProcess(int process)
    {
        if (ProcessId == 0 || process < ProcessId)
            ProcessId = process;
    }

    public void SeeFile(string file)
    {
        if (Path is null || string.CompareOrdinal(file, Path) < 0)
            Path = file;
    }
}
