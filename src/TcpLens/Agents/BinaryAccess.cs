namespace TcpLens.Agents;

/// <summary>Whether a user can start a program: asked of the kernel as that user, so that access lists and every directory count.</summary>
internal static class BinaryAccess
{
    /// <summary>
    /// The first part of <paramref name="path"/> that stops <paramref name="user"/>: a directory that may not be entered or the file itself.
    /// <see langword="null"/> when nothing does, or when it cannot be asked.
    /// </summary>
    public static string? Obstacle(AgentHost host, UserAccount user, string path)
    {
        var parts = new List<string>();
        for (string? at = path; at is not null and not "/"; at = Path.GetDirectoryName(at))
            parts.Insert(0, at);
        string[] command =
        [
            .. user.Prefix(host), "/bin/sh", "-c", "for part do test -x \"$part\" || { echo \"$part\"; exit; }; done; test -r \"$part\" || echo \"$part\"", "sh", .. parts,
        ];
        string stopped = host.Programs.Run(command[0], command[1..]).Output.TrimEnd('\n');
        return stopped.Length > 0 ? stopped : null;
    }

    /// <summary>The mount point that forbids starting programs below it, if <paramref name="path"/> lies below one.</summary>
    public static string? MountWithoutExecution(AgentHost host, string path)
    {
        string point = "";
        bool forbids = false;
        foreach (string line in (host.ReadFile("/proc/self/mountinfo") ?? "").Split('\n'))
        {
            // ID PARENT MAJOR:MINOR ROOT POINT OPTIONS ...; a later mount of the same point lies over the earlier one.
            if (line.Split(' ') is not [_, _, _, _, var mounted, var options, ..] || mounted.Length < point.Length)
                continue;
            if (mounted == "/" || path == mounted || path.StartsWith(mounted + "/", StringComparison.Ordinal))
                (point, forbids) = (mounted, options.Split(',').Contains("noexec", StringComparer.Ordinal));
        }

        return forbids ? point : null;
    }
}
