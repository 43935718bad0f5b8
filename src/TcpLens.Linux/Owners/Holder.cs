using TcpLens.Core.Owners;

namespace TcpLens.Linux.Owners;

/// <summary>A process that holds sockets.</summary>
internal sealed class Holder(int process, ulong start, Owner owner)
{
    public int Process => process;

    public ulong Start => start;

    public Owner Owner => owner;

    /// <summary>When its descriptors were looked at last.</summary>
    public int ScannedAt { get; set; }

    /// <summary>It has ended, or its number belongs to another process: what it held is somebody else's.</summary>
    public bool IsGone { get; set; }

    // The first process and the managers of units keep the sockets that they hand to services.
    private bool IsManager => process == 1 || owner.Process == "systemd";

    /// <summary>Whether this one is the owner where both hold a socket: the older process is, because the younger ones have inherited it.</summary>
    public bool Precedes(Holder other) => IsManager != other.IsManager
        ? !IsManager
        : (start, process).CompareTo((other.Start, other.Process)) < 0;
}
