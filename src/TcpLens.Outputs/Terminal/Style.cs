using TcpLens.Core.Model;

namespace TcpLens.Outputs.Terminal;

/// <summary>Puts colour on text, or leaves it alone where there is no colour (a pipe, NO_COLOR).</summary>
/// <param name="Colour">Whether escape sequences are written.</param>
public readonly record struct Style(bool Colour)
{
    private const string Reset = "\e[0m";

    public string Bold(string text) => Colour ? $"\e[1m{text}{Reset}" : text;

    public string Faint(string text) => Colour ? $"\e[2m{text}{Reset}" : text;

    public string Warn(string text) => Colour ? $"\e[33m{text}{Reset}" : text;

    public string In(Rgb colour, string text) => Colour ? $"\e[38;2;{colour.Red};{colour.Green};{colour.Blue}m{text}{Reset}" : text;
}
