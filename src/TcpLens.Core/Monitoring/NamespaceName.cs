namespace TcpLens.Core.Monitoring;

/// <summary>How a network namespace is called, and the inode number that tells it from the others.</summary>
public readonly record struct NamespaceName(string Name, ulong Inode);
