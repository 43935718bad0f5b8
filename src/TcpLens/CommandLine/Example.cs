using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>A command line to copy, and what it does.</summary>
internal readonly record struct Example(string Line, Phrase What);
