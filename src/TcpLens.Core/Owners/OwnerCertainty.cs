namespace TcpLens.Core.Owners;

/// <summary>How sure it is that an owner holds a socket.</summary>
public enum OwnerCertainty
{
    /// <summary>The process was seen to hold a descriptor of it.</summary>
    Held,

    /// <summary>The socket belongs to a listener, whose process was seen: half-open, not accepted yet, or closed at a listening port.</summary>
    Listener,

    /// <summary>The process held the connection earlier; now only the kernel does.</summary>
    Remembered,

    /// <summary>Its cgroup is known and no process: that is who made the socket, or its listener.</summary>
    Cgroup,
}
