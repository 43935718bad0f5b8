using TcpLens.Core.Text;

namespace TcpLens.Agents;

/// <summary>One thing that was tested: what was found, and for a problem the one line that mends it.</summary>
internal sealed record CheckLine(CheckVerdict Verdict, Phrase Found, Phrase? Remedy = null)
{
    /// <summary>Text to copy with the remedy, several lines.</summary>
    public string Recipe { get; init; } = "";

    public static CheckLine Ok(Phrase found) => new(CheckVerdict.Ok, found);

    public static CheckLine Note(Phrase found) => new(CheckVerdict.Note, found);

    public static CheckLine Problem(Phrase found, Phrase remedy) => new(CheckVerdict.Problem, found, remedy);
}
