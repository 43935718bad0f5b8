using System.CommandLine;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine.Completion;

/// <summary>The completion script for fish 3 or newer, with descriptions in the reader's language.</summary>
internal sealed class FishCompletion
{
    private readonly StringBuilder _script = new("# fish completion for tcplens(1), made by: tcplens completion fish\ncomplete -c tcplens -f\n");
    private readonly Language _language;

    private FishCompletion(Language language) => _language = language;

    public static string Script(CommandNode root, Language language)
    {
        var fish = new FishCompletion(language);
        foreach (var node in root.Tree)
            fish.Append(node);
        return fish._script.ToString();
    }

    private void Append(CommandNode node)
    {
        string here = Condition(node);
        foreach (var child in node.Children)
            _script.Append($"complete -c tcplens -n '{here}' -a {child.Command.Name} -d {Quoted(child.Command.Summary)}\n");
        foreach (var words in node.Words)
        {
            foreach (string value in words.Values)
                _script.Append($"complete -c tcplens -n '{here}' -a {value} -d {Quoted(Phrase.Same(words.Name))}\n");
            foreach (var (beginning, values) in words.Continuations)
                _script.Append($"complete -c tcplens -n '{here}' -a '{string.Join(' ', values.Select(value => beginning + value))}' -d {Quoted(Phrase.Same(words.Name))}\n");
        }

        bool isRoot = !node.Command.Parents.Any();
        foreach (var option in node.Command.Options)
            Append(option, isRoot && option.Recursive ? "" : $" -n '{here}'");
    }

    private void Append(Option option, string condition)
    {
        _script.Append($"complete -c tcplens{condition}");
        foreach (string name in option.Names())
            _script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
        if (option is ValueOption value)
            _script.Append(value.Values.IsEmpty ? " -x" : $" -x -a '{string.Join(' ', value.Values)}'");
        _script.Append($" -d {Quoted(option.Summary())}\n");
    }

    // The commands on the way to this one were typed, none below it was.
    private static string Condition(CommandNode node)
    {
        string[] path = node.Path.Split(' ')[1..];
        string below = string.Join(' ', node.Children.Select(child => child.Command.Name));
        var conditions = path.Select(word => $"__fish_seen_subcommand_from {word}");
        if (below.Length > 0)
            conditions = conditions.Append($"not __fish_seen_subcommand_from {below}");
        return string.Join("; and ", conditions);
    }

    private string Quoted(Phrase phrase) =>
        $"'{phrase.In(_language).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
