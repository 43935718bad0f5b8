namespace TcpLens.Agents;

/// <summary>The machine that the agents run on, as far as their configuration is concerned: replaced as a whole in tests.</summary>
internal sealed record AgentHost
{
    /// <summary>Where the file system begins; other than <c>/</c> in tests.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The running program, which the agents are to call.</summary>
    public string Binary { get; init; } = Environment.ProcessPath ?? "/usr/bin/tcplens";

    /// <summary>Whether other users' commands may be run and the agents' directories be written.</summary>
    public bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    public IProgramRunner Programs { get; init; } = new ProgramRunner();

    public string At(string path) => Root == "/" ? path : Root.TrimEnd('/') + path;

    /// <summary>The text of a file; <see langword="null"/> where it cannot be read.</summary>
    public string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(At(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where a symbolic link points, as it is written; <see langword="null"/> where it cannot be read.</summary>
    public string? ReadLink(string path)
    {
        try
        {
            return new FileInfo(At(path)).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
