using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Something in a file that is not TOML.</summary>
internal sealed record FileProblem(FilePosition At, Phrase Message);
