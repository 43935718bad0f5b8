using TcpLens.Core.Sources;

namespace TcpLens.CommandLine;

/// <summary>A pass over one namespace.</summary>
internal readonly record struct NamespacePass(string Namespace, Pass Pass);
