using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Everything wrong in a configuration, in order of place; of very many the first.</summary>
internal sealed class SettingProblems
{
    /// <summary>More would not be read, and a file of the wrong kind has one per line.</summary>
    public const int Max = 20;

    private readonly List<SettingProblem> _all = [];

    public int Count { get; private set; }

    public ImmutableArray<SettingProblem> All => [.. _all];

    /// <summary>One line for each, and one for those that are left out.</summary>
    public Phrase Words
    {
        get
        {
            var lines = _all.ConvertAll(problem => problem.Line);
            if (Count > _all.Count)
                lines.Add(new Phrase("and {0} more", "另有 {0} 处错误").With(Count - _all.Count));
            var words = lines[0];
            foreach (var line in lines.Skip(1))
                words = words.Then(Phrase.Same("\n")).Then(line);
            return words;
        }
    }

    public void Add(SettingOrigin where, Phrase message)
    {
        if (Count++ < Max)
            _all.Add(new SettingProblem(where, message));
    }
}
