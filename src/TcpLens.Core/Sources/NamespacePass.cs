namespace TcpLens.Core.Sources;

/// <summary>A pass over one namespace.</summary>
public readonly record struct NamespacePass(string Namespace, Pass Pass);
