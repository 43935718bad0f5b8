using System.CommandLine;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine.Completion;

/// <summary>The completion script for zsh 5 or newer, with descriptions in the reader's language: a function per command.</summary>
internal sealed class ZshCompletion
{
    private readonly StringBuilder _script = new("#compdef tcplens\n# zsh completion for tcplens(1), made by: tcplens completion zsh\n");
    private readonly Language _language;

    private ZshCompletion(Language language) => _language = language;

    public static string Script(CommandNode root, Language language)
    {
        var zsh = new ZshCompletion(language);
        foreach (var node in root.Tree)
            zsh.Append(node);
        // In a directory of $fpath the file itself is the function; sourced, it has to be made known.
        zsh._script.Append("""

            if [[ $funcstack[1] == _tcplens ]]; then
                _tcplens "$@"
            else
                compdef _tcplens tcplens
            fi

            """);
        return zsh._script.ToString();
    }

    private void Append(CommandNode node)
    {
        string function = Function(node);
        foreach (var words in node.Words.Where(words => words.HasBeginnings))
            AppendBeginnings(function, words);
        _script.Append($"\n{function}() {{\n");
        bool hasChildren = node.Children.Any();
        if (hasChildren)
            _script.Append("    local state line\n    local -a commands\n");
        _script.Append(hasChildren ? "    _arguments -C" : "    _arguments");
        foreach (var option in node.Options)
            _script.Append(" \\\n        ").Append(Specification(option));
        foreach (var words in node.Words)
            _script.Append(" \\\n        ").Append(Specification(words, function));
        if (hasChildren)
            AppendChildren(node);
        else
            _script.Append('\n');
        _script.Append("}\n");
    }

    private void AppendChildren(CommandNode node)
    {
        _script.Append(" \\\n        '1: :->command' \\\n        '*:: :->words'\n    case $state in\n    command)\n        commands=(\n");
        foreach (var child in node.Children)
            _script.Append($"            {Quoted($"{child.Command.Name}:{child.Command.Summary.In(_language)}")}\n");
        _script.Append("        )\n        _describe command commands\n        ;;\n    words)\n        case $line[1] in\n");
        foreach (var child in node.Children)
            _script.Append($"        {child.Command.Name}) {Function(child)} ;;\n");
        _script.Append("        esac\n        ;;\n    esac\n");
    }

    private void AppendBeginnings(string function, WordsArgument words)
    {
        _script.Append($"\n{function}_words() {{\n    compset -P '!'\n");
        foreach (var (beginning, values) in words.Continuations)
        {
            _script.Append($"    if compset -P '{beginning}'; then\n        compset -P '*,'\n        compadd -S '' -- {string.Join(' ', values)}\n        return\n    fi\n");
        }

        _script.Append($"    compadd -S '' -- {string.Join(' ', words.Values)}\n}}\n");
    }

    private string Specification(Option option)
    {
        string[] names = [.. option.Names()];
        string summary = option.Summary().In(_language);
        string what = $"[{Escaped(summary)}]";
        if (option is ValueOption value)
            what += value.Values.IsEmpty ? $":{value.ValueName}: " : $":{value.ValueName}:({string.Join(' ', value.Values)})";
        return names.Length == 1 ? Quoted(names[0] + what) : $"'({string.Join(' ', names)})'{{{string.Join(',', names)}}}{Quoted(what)}";
    }

    private static string Specification(WordsArgument words, string function)
    {
        string action = words.HasBeginnings ? function + "_words" : $"({string.Join(' ', words.Values)})";
        return $"'{(words.Arity.MaximumNumberOfValues > 1 ? "*" : "1")}:{words.Name}:{action}'";
    }

    private static string Function(CommandNode node) => "_" + node.Path.Replace(' ', '_');

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
