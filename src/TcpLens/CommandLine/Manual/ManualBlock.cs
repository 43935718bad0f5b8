using System.Collections.Immutable;

namespace TcpLens.CommandLine.Manual;

/// <summary>A piece of the manual, in the reader's language and before any mark-up.</summary>
internal abstract record ManualBlock
{
    /// <summary>A heading; level 1 is a section, level 2 a part of one, level 3 a mark above a list.</summary>
    public sealed record Heading(int Level, string Text) : ManualBlock;

    public sealed record Paragraph(string Text) : ManualBlock;

    /// <summary>Command lines below each other.</summary>
    public sealed record Lines(ImmutableArray<string> All) : ManualBlock;

    /// <summary>Words to type, each with its meaning.</summary>
    public sealed record Terms(ImmutableArray<(string Term, string Meaning)> All) : ManualBlock;
}
