using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>The command was right but could not be done; <see cref="Words"/> says why and what to do.</summary>
internal sealed class FailureException(Phrase words) : Exception(words.English)
{
    public Phrase Words { get; } = words;
}
