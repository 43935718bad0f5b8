using System.Text;

namespace TcpLens.Outputs.Terminal.States;

/// <summary>Sentences below a table: what follows the first line stands below its text, not below its mark.</summary>
internal static class HangingText
{
    private const int Width = 80;

    public static void AppendHanging(this StringBuilder text, string mark, string sentence)
    {
        foreach (string line in TextLayout.Wrap(sentence, Width - mark.Length))
        {
            text.Append(mark).Append(line).Append('\n');
            mark = new string(' ', mark.Length);
        }
    }
}
