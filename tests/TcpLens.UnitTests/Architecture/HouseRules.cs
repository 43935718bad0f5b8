using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Architecture;

/// <summary>The page rules of CONTRIBUTING.md, executed. Each failure lists where and what.</summary>
public sealed partial class HouseRules
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 60;

    private static readonly string[] ForbiddenEndings = ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common"];

    /// <summary>Where checkouts and homes usually lie. What stands there on one machine stands nowhere on another.</summary>
    private static readonly string[] MachinePaths = ["/home/", "/root/", "/Users/", "/work/", "/workspace/", "/builds/", "/tmp/wt/"];

    [Fact]
    public void A_file_is_short_enough_to_be_read_at_once() =>
        Nobody(SourceFile.All
            .Select(file => (file.Path, Lines: file.Text.Count(c => c == '\n')))
            .Where(file => file.Lines > FileLinesMax)
            .Select(file => $"{file.Path}: {file.Lines} lines, at most {FileLinesMax}"));

    [Fact]
    public void A_method_is_short_enough_to_be_seen_at_once() =>
        Nobody(
            from file in SourceFile.All
            from method in file.Root.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
            let span = method.GetLocation().GetLineSpan()
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > MethodLinesMax
            select file.At(method, $"a method of {lines} lines, at most {MethodLinesMax}"));

    [Fact]
    public void Nothing_is_folded_away_in_a_region() =>
        Nobody(
            from file in SourceFile.All
            from region in file.Root.DescendantNodes(descendIntoTrivia: true).OfType<RegionDirectiveTriviaSyntax>()
            select file.At(region, "#region"));

    [Fact]
    public void No_comment_puts_work_off() =>
        Nobody(
            from file in SourceFile.All
            from comment in file.Root.DescendantTrivia()
            let mark = WorkPutOff().Match(comment.ToFullString())
            where mark.Success
            select file.At(comment.GetLocation(), mark.Value + ": open an issue instead"));

    [Fact]
    public void A_type_is_named_after_what_it_is() =>
        Nobody(
            from file in SourceFile.All
            from type in file.Nodes<BaseTypeDeclarationSyntax>()
            let name = type.Identifier.Text
            where ForbiddenEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
            select file.At(type, $"{name} says nothing about what it is"));

    [Fact]
    public void A_file_of_the_product_holds_the_one_type_that_it_is_named_after() =>
        Nobody(
            from file in SourceFile.OfProduct
            from type in file.Root.ChildNodes().Concat(file.Nodes<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.ChildNodes())).OfType<MemberDeclarationSyntax>()
            let name = (type as BaseTypeDeclarationSyntax)?.Identifier.Text ?? (type as DelegateDeclarationSyntax)?.Identifier.Text
            where name is not null && name != Path.GetFileName(file.Path).Split('.')[0]
            select file.At(type, $"{name} deserves a file of its own"));

    [Fact]
    public void A_public_type_of_the_product_says_what_it_is() =>
        Nobody(
            from file in SourceFile.OfProduct
            from type in file.Nodes<BaseTypeDeclarationSyntax>().GroupBy(type => type.Identifier.Text, StringComparer.Ordinal)
            where type.Any(IsPublic) && !IsDocumentedSomewhere(type.Key)
            select file.At(type.First(), $"{type.Key} has no doc comment"));

    [Fact]
    public void A_public_class_of_the_product_is_not_open_to_inheritance_by_accident() =>
        Nobody(
            from file in SourceFile.OfProduct
            from type in file.Nodes<TypeDeclarationSyntax>()
            where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
            where IsPublic(type) && !type.Modifiers.Any(word => word.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.PartialKeyword)
            select file.At(type, $"{type.Identifier.Text} is neither sealed nor static nor abstract"));

    [Fact]
    public void Unsafe_code_and_native_calls_stay_in_the_interop_room() =>
        Nobody(
            from file in SourceFile.OfProduct
            where !file.Path.StartsWith("src/TcpLens.Linux/Interop/", StringComparison.Ordinal)
            from token in file.Root.DescendantTokens()
            where token.IsKind(SyntaxKind.UnsafeKeyword) || (token.Text is "LibraryImport" or "DllImport" && token.Parent?.Parent is AttributeSyntax)
            select file.At(token.GetLocation(), token.Text));

    /// <summary>A return in the middle of a test is a skip that nobody counts. <c>Require</c> skips with a reason.</summary>
    [Fact]
    public void A_test_does_not_return_early() =>
        Nobody(
            from file in SourceFile.OfTests
            from method in TestsOf(file)
            from exit in method.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>()
            where exit.Expression is null
            select file.At(exit, $"{method.Identifier.Text} returns early"));

    [Fact]
    public void A_test_is_a_sentence() =>
        Nobody(
            from file in SourceFile.OfTests
            from method in TestsOf(file)
            where !method.Identifier.Text.Contains('_')
            select file.At(method, $"{method.Identifier.Text} is not a sentence with underscores"));

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on()
    {
        string self = nameof(HouseRules) + ".cs";
        var pages = Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Of("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Of("tools"), "*.sh"))
            .Append(RepositoryRoot.Of("dev"))
            .Select(page => (Path: Path.GetRelativePath(RepositoryRoot.Path, page), Text: File.ReadAllText(page)));
        Nobody(
            from file in SourceFile.All.Select(file => (file.Path, file.Text)).Concat(pages)
            where Path.GetFileName(file.Path) != self
            from place in MachinePaths
            where file.Text.Contains(place, StringComparison.Ordinal)
            select $"{file.Path}: {place}");
    }

    private static IEnumerable<MethodDeclarationSyntax> TestsOf(SourceFile file) =>
        file.Nodes<MethodDeclarationSyntax>()
            .Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory"));

    private static bool IsPublic(BaseTypeDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PublicKeyword) && type.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(outer => outer.Modifiers.Any(SyntaxKind.PublicKeyword));

    /// <summary>A partial type is documented in one of its files.</summary>
    private static bool IsDocumentedSomewhere(string type) =>
        SourceFile.OfProduct
            .SelectMany(file => file.Nodes<BaseTypeDeclarationSyntax>())
            .Any(node => node.Identifier.Text == type && node.GetLeadingTrivia().Any(SyntaxKind.SingleLineDocumentationCommentTrivia));

    private static void Nobody(IEnumerable<string> offenders)
    {
        string list = string.Join('\n', offenders);
        Assert.True(list.Length == 0, list);
    }

    [GeneratedRegex(@"\b(?:TODO|FIXME|XXX|HACK)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WorkPutOff();
}
