namespace TcpLens.Configuration;

/// <summary>The local socket on which one-shot commands ask the monitor: section <c>[socket]</c>.</summary>
internal sealed record SocketSettings
{
    public bool Enabled { get; init; } = true;

    public string Path { get; init; } = "/run/tcplens/tcplens.sock";

    /// <summary>The group that may ask, by name or number; empty for the monitor's own.</summary>
    public string Group { get; init; } = "";
}
