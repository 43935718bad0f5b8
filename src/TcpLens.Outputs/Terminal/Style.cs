using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Terminal;

/// <summary>Puts bold and colour on laid-out text, or leaves it plain where there is no colour (a pipe, NO_COLOR).</summary>
/// <param name="Colour">Whether escape sequences are written.</param>
public readonly record struct Style(bool Colour)
{
    private const string Reset = "\e[0m";

    public string Bold(string text) => Colour ? $"\e[1m{text}{Reset}" : text;

    public string Faint(string text) => Colour ? $"\e[2m{text}{Reset}" : text;

    /// <summary>The text in bold and in the colour of <paramref name="state"/> (24 bit).</summary>
    public string Of(TcpStateInfo state, string text) =>
        Colour ? $"\e[1;38;2;{state.Colour.Red};{state.Colour.Green};{state.Colour.Blue}m{text}{Reset}" : text;

    /// <summary>Every state's Linux name in its colour. Longer words that contain one (an RFC name, an option) stay as they are.</summary>
    public string StateNames(string text)
    {
        if (!Colour)
            return text;

        var styled = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
                end++;
            string word = text[at..Math.Max(end, at + 1)];
            var state = TcpStates.All.FirstOrDefault(candidate => candidate.Linux == word);
            styled.Append(state is null ? word : Of(state, word));
            at += word.Length;
        }

        return styled.ToString();
    }

    /// <summary>A line that may carry escape sequences, cut to at most <paramref name="width"/> columns; the sequences stay whole and are ended.</summary>
    public static string Cut(string line, int width)
    {
        var kept = new StringBuilder(line.Length);
        int columns = 0;
        bool styled = false;
        for (int at = 0; at < line.Length;)
        {
            int end = at + 1;
            if (line[at] == '\e')
            {
                end = line.IndexOf('m', at) + 1;
                if (end == 0)
                    break;
                styled = true;
            }
            else
            {
                if (char.IsHighSurrogate(line[at]) && end < line.Length)
                    end++;
                columns += TextLayout.Width(line[at..end]);
                if (columns > width)
                    break;
            }

            kept.Append(line, at, end - at);
            at = end;
        }

        if (styled && columns > width)
            kept.Append(Reset);
        return kept.ToString();
    }
}
