using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Terminal.Explain;

/// <summary>Puts bold and colour on laid-out text, or leaves it plain.</summary>
internal readonly record struct Ink(bool Colour)
{
    private const string Off = "\e[0m";

    public string Bold(string text) => Colour ? $"\e[1m{text}{Off}" : text;

    public string Of(TcpStateInfo state, string text) =>
        Colour ? $"\e[1;38;2;{state.Colour.Red};{state.Colour.Green};{state.Colour.Blue}m{text}{Off}" : text;

    /// <summary>Every state's Linux name in its colour. Longer words that contain one (an RFC name, an option) stay as they are.</summary>
    public string StateNames(string text)
    {
        if (!Colour)
            return text;

        var inked = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
                end++;
            string word = text[at..Math.Max(end, at + 1)];
            var state = TcpStates.All.FirstOrDefault(candidate => candidate.Linux == word);
            inked.Append(state is null ? word : Of(state, word));
            at += word.Length;
        }

        return inked.ToString();
    }
}
