using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace TcpLens.Configuration;

/// <summary>What a file of TOML holds, and what in it is not TOML. What is right is there although other lines are wrong.</summary>
internal sealed class TomlFile
{
    /// <summary>The reading of one key takes time by the square of its length.</summary>
    private const int LineCharactersMax = 4096;

    /// <summary>A mebibyte of short lines would take hundreds of megabytes to read.</summary>
    private const int LinesMax = 10_000;

    /// <summary>A list in a table is the deepest that makes sense.</summary>
    private static readonly TomlSerializerOptions s_options = new() { MaxDepth = 8 };

    private readonly ImmutableArray<FileEntry>.Builder _entries = ImmutableArray.CreateBuilder<FileEntry>();
    private readonly ImmutableArray<FileProblem>.Builder _problems = ImmutableArray.CreateBuilder<FileProblem>();
    private readonly HashSet<int> _wrongLines = [];
    private int _lastLine = int.MaxValue;

    private TomlFile()
    {
    }

    /// <summary>Headings and values in the order of the file.</summary>
    public IReadOnlyList<FileEntry> Entries => _entries;

    public IReadOnlyList<FileProblem> Problems => _problems;

    public static TomlFile Parse(ReadOnlySpan<byte> content)
    {
        var file = new TomlFile();
        if (!Utf8.IsValid(content))
            file._problems.Add(new FileProblem(FirstInvalid(content), ConfigurationMessages.NotUtf8()));
        else
            file.Read(Encoding.UTF8.GetString(content));
        return file;
    }

    private void Read(string text)
    {
        if (Excess(text) is { } problem)
        {
            _problems.Add(problem);
            return;
        }

        try
        {
            // With a backslash at the very end the parser would throw.
            var document = SyntaxParser.Parse(text + "\n", s_options, sourceName: null, validate: false);
            TakeProblems(document.Diagnostics, text.Split('\n'));
            TakeEntries([], document.KeyValues);
            foreach (var table in document.Tables)
                TakeTable(table);
        }
        catch (TomlException nested)
        {
            // The one thing that it throws for.
            var at = nested.Span is { } span ? new FilePosition(span.Start.Line + 1, span.Start.Column + 1) : new FilePosition(1, 1);
            _problems.Add(new FileProblem(at, ConfigurationMessages.TooDeep()));
        }
    }

    // One problem for each line: the others follow from it. Behind a text or a heading without its end nothing can be judged.
    private void TakeProblems(DiagnosticsBag diagnostics, string[] lines)
    {
        foreach (var diagnostic in diagnostics.OrderBy(one => (one.Span.Start.Line, one.Span.Start.Column)))
        {
            var at = At(diagnostic.Span);
            if (at.Line > _lastLine)
                return;
            var mistake = TomlMistake.Of(diagnostic.Message);
            // Behind a wrong value the parser has lost a line break and wonders at the next one.
            if (!mistake.IsKnown && string.IsNullOrWhiteSpace(lines.ElementAtOrDefault(at.Line - 1)))
                continue;
            if (!_wrongLines.Add(at.Line))
                continue;
            _problems.Add(new FileProblem(at, mistake.Words));
            if (mistake.HidesRest)
                _lastLine = at.Line;
        }
    }

    private void TakeTable(TableSyntaxBase table)
    {
        if (table.Name is not { } name || IsWrong(name))
            return;
        var path = Names(name);
        if (path.IsEmpty)
            return;
        _entries.Add(new FileEntry(path, Value: null, At(name.Span), At(name.Span), table is TableArraySyntax));
        TakeEntries(path, table.Items);
    }

    private void TakeEntries(ImmutableArray<string> section, IEnumerable<KeyValueSyntax> all)
    {
        foreach (var one in all)
        {
            if (one is not { Key: { } key, Value: { } value } || IsWrong(one))
                continue;
            var path = section.AddRange(Names(key));
            // A section may stand in one line: web = { enabled = false }.
            if (path.Length == 1 && value is InlineTableSyntax table)
                TakeEntries(path, table.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>());
            else if (path.Length > section.Length)
                _entries.Add(new FileEntry(path, Raw(value), At(key.Span), At(value.Span)));
        }
    }

    private bool IsWrong(SyntaxNode node)
    {
        for (int line = node.Span.Start.Line + 1; line <= node.Span.End.Line + 1; line++)
        {
            if (line > _lastLine || _wrongLines.Contains(line))
                return true;
        }

        return false;
    }

    private static ImmutableArray<string> Names(KeySyntax key) =>
        [.. key.DotKeys.Select(item => item.Key).Prepend(key.Key).Select(Name).OfType<string>()];

    private static string? Name(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text,
        StringValueSyntax quoted => quoted.Value,
        _ => null,
    };

    private static RawValue Raw(ValueSyntax? value) => value switch
    {
        StringValueSyntax text => new RawValue(RawKind.Text, text.Value ?? ""),
        BooleanValueSyntax truth => new RawValue(RawKind.Switch, truth.Value ? "true" : "false"),
        IntegerValueSyntax whole => new RawValue(RawKind.Number, whole.Value.ToString()),
        FloatValueSyntax number => new RawValue(RawKind.Number, number.Token?.Text ?? ""),
        ArraySyntax list => new RawValue(RawKind.List, "") { Items = [.. list.Items.Select(item => Raw(item.Value))] },
        _ => new RawValue(RawKind.Other, ""),
    };

    private static FilePosition At(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);

    private static FileProblem? Excess(string text)
    {
        int number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number > LinesMax)
                return new FileProblem(new FilePosition(number, 1), ConfigurationMessages.TooManyLines(LinesMax));
            if (line.Length > LineCharactersMax)
                return new FileProblem(new FilePosition(number, 1), ConfigurationMessages.LineTooLong(LineCharactersMax));
        }

        return null;
    }

    private static FilePosition FirstInvalid(ReadOnlySpan<byte> content)
    {
        int line = 1, column = 1;
        while (Rune.DecodeFromUtf8(content, out var rune, out int used) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
            content = content[used..];
        }

        return new FilePosition(line, column);
    }
}
