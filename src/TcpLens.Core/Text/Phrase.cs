namespace TcpLens.Core.Text;

/// <summary>
/// One sentence or word for people in every language of the program. Both stand side by side in the code, so that neither can be
/// forgotten: there is no text without its translation.
/// </summary>
public readonly record struct Phrase(string English, string Chinese)
{
    /// <summary>A word that is the same in all languages (a name, a command, a unit).</summary>
    public static Phrase Same(string text) => new(text, text);

    /// <summary>The text in <paramref name="language"/>.</summary>
    public string In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>This phrase followed by <paramref name="next"/>, in every language.</summary>
    public Phrase Then(Phrase next) => new(English + next.English, Chinese + next.Chinese);

    /// <summary>The phrase with its <c>{0}</c>, <c>{1}</c> ... replaced, phrases among the arguments in the language of the text.</summary>
    public Phrase With(params ReadOnlySpan<object?> arguments)
    {
        var english = new object?[arguments.Length];
        var chinese = new object?[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            english[i] = arguments[i] is Phrase phrase ? phrase.English : arguments[i];
            chinese[i] = arguments[i] is Phrase translated ? translated.Chinese : arguments[i];
        }

        return new Phrase(string.Format(English, english), string.Format(Chinese, chinese));
    }

    public override string ToString() => English;
}
