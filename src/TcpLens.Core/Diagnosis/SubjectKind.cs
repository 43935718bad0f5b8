namespace TcpLens.Core.Diagnosis;

/// <summary>What a finding is about. The lower-case names stand in JSON: they never change.</summary>
public enum SubjectKind
{
    /// <summary>The network namespace that was read.</summary>
    Host,

    /// <summary>All namespaces of the machine together: orphans, TCP memory.</summary>
    Machine,

    /// <summary>A listening port.</summary>
    Port,

    /// <summary>A source address, a destination address and a destination port.</summary>
    Destination,

    /// <summary>A program that holds sockets, with its number: <c>nginx(42)</c>.</summary>
    Process,

    /// <summary>A setting of the kernel.</summary>
    Setting,

    /// <summary>TcpLens itself.</summary>
    Monitor,
}
