namespace TcpLens.BrowserTests;

/// <summary>How somebody looks at a page: what his browser asks for, and how wide it is.</summary>
internal sealed record Look(string Language, string Theme, int Width)
{
    public static Look Usual { get; } = new("en", "light", 1440);

    public static IEnumerable<Look> All =>
        from language in (string[])["en", "zh"]
        from theme in (string[])["light", "dark"]
        from width in (int[])[1280, 390]
        select new Look(language, theme, width);

    public override string ToString() => $"{Language}.{Theme}.{Width}";
}
