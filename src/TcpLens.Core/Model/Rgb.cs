namespace TcpLens.Core.Model;

/// <summary>A colour as red, green and blue, 0 to 255 each (sRGB).</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
