using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>The command line asks for something that does not exist; <see cref="Words"/> says what would.</summary>
internal sealed class UsageException(Phrase words) : Exception(words.English)
{
    public Phrase Words { get; } = words;

    /// <summary>A word that is none of <paramref name="known"/>, with the nearest one.</summary>
    public static UsageException Unknown(Phrase kind, string word, IReadOnlyCollection<string> known)
    {
        var problem = new Phrase("unknown {0} '{1}'", "未知的{0}“{1}”").With(kind, word);
        return new UsageException(Nearest.Find(word, known) is { } nearest
            ? problem.Then(new Phrase(": did you mean '{0}'?", "：是否想输入“{0}”？").With(nearest))
            : problem.Then(new Phrase("; known: {0}", "；可用：{0}").With(string.Join(", ", known))));
    }
}
