namespace TcpLens.BinaryTests.Serving;

/// <summary>How a <see cref="Daemon"/> is started.</summary>
internal sealed record DaemonStart
{
    /// <summary>What follows <c>tcplens serve</c>.</summary>
    public required string[] Options { get; init; }

    /// <summary>A command that starts the one behind it: a lab, <c>strace</c>, <c>unshare</c>.</summary>
    public string[] Around { get; init; } = [];

    /// <summary>A command that makes another user of the program itself.</summary>
    public string[] As { get; init; } = [];

    /// <summary>Variables over those of a user's shell; <see langword="null"/> removes one.</summary>
    public (string Name, string? Value)[] Environment { get; init; } = [];

    /// <summary>In a network namespace of its own with nothing but loopback.</summary>
    public static string[] OwnNetwork { get; } = ["unshare", "--net", "/bin/sh", "-c", "ip link set lo up; exec \"$@\"", "sh"];

    public static string[] Nobody { get; } = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
}
