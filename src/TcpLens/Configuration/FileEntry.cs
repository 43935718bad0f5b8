using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>A line of a file that sets something, or the heading of a section.</summary>
/// <param name="Path">The names that lead to it, the section first; for a heading its own.</param>
/// <param name="Value">What it is set to; <see langword="null"/> for a heading.</param>
/// <param name="At">Where its name stands.</param>
/// <param name="ValueAt">Where its value stands.</param>
/// <param name="IsList">Whether it is a heading between double brackets.</param>
internal sealed record FileEntry(ImmutableArray<string> Path, RawValue? Value, FilePosition At, FilePosition ValueAt, bool IsList = false);
