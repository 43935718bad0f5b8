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

    /// <summary>The phrase with its <c>{0}</c>, <c>{1}</c> ... replaced in every language.</summary>
    public Phrase With(params ReadOnlySpan<object?> arguments) => new(string.Format(English, arguments), string.Format(Chinese, arguments));

    public override string ToString() => English;
}
