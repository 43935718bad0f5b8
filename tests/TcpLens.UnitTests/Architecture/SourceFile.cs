using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TcpLens.TestKit;

namespace TcpLens.UnitTests.Architecture;

/// <summary>One C# file of the repository, parsed.</summary>
internal sealed record SourceFile(string Path, string Text, SyntaxNode Root)
{
    private static readonly string[] Folders = ["src", "tests", "bench", "fuzz"];

    /// <summary>Every file, read once: what is not committed yet is judged as well.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Folders.Select(folder => RepositoryRoot.Of(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(Parse)
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal)),
    ];

    public static IEnumerable<SourceFile> OfProduct => All.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> OfTests => All.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal));

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    /// <summary>A finding as editors and terminals link it: <c>path:line: what</c>.</summary>
    public string At(SyntaxNode node, string what) => At(node.GetLocation(), what);

    public string At(Location location, string what) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}: {what}";

    private static SourceFile Parse(string path)
    {
        string text = File.ReadAllText(path);
        return new(System.IO.Path.GetRelativePath(RepositoryRoot.Path, path), text, CSharpSyntaxTree.ParseText(text).GetRoot());
    }
}
