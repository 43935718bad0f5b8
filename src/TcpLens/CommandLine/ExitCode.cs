namespace TcpLens.CommandLine;

/// <summary>The documented exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The kernel could not be read, or an output could not be written.</summary>
    public const int Failure = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary><c>doctor</c> found something that needs attention.</summary>
    public const int Found = 3;
}
