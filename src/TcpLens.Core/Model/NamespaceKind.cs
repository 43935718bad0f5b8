namespace TcpLens.Core.Model;

/// <summary>What a network namespace got its name from.</summary>
public enum NamespaceKind
{
    /// <summary>The initial namespace, in which the machine started.</summary>
    Host,

    /// <summary>A name given by <c>ip netns add</c> (a file in <c>/run/netns</c>).</summary>
    Named,

    /// <summary>A container: <c>docker:0123456789ab</c>.</summary>
    Container,

    /// <summary>A systemd service: <c>web.service</c>.</summary>
    Service,

    /// <summary>A process inside, for want of a better name: <c>unshare(4711)</c>.</summary>
    Process,
}
