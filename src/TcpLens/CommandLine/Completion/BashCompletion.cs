using System.Text;

namespace TcpLens.CommandLine.Completion;

/// <summary>The completion script for bash 4.3 or newer; needs no other package.</summary>
internal static class BashCompletion
{
    private const string Begin = """
        # bash completion for tcplens(1), made by: tcplens completion bash
        _tcplens() {
            local line=${COMP_LINE:0:COMP_POINT} command=tcplens current='' previous='' before='' not='' skip='' breaks choices='' words='' options=''
            local -a typed=()
            local word reply
            read -ra typed <<<"$line"
            if [[ $line != *[[:space:]] ]]; then
                current=${typed[-1]}
                unset 'typed[-1]'
            fi

            # Which command, and which word before this one.
            for word in "${typed[@]:1}"; do
                previous=$word
                case "$command $word" in

        """;

    private const string AfterCommands = """
            esac
        done
        if [[ $current == --*=* ]]; then
            previous=${current%%=*}
            before=$previous=
        fi

        # The values of an option.
        case "$command $previous" in

        """;

    private const string AfterValues = """
        *)
            before=''
            case $command in

        """;

    private const string AfterWords = """
            esac
            if [[ " ${typed[*]} " == *' -- '* ]]; then
                options=''
            fi
            if [[ $current == -* ]]; then
                choices=$options
            else
                choices=${words:-$options}
            fi
            ;;
        esac

        # What may follow the beginning of a word.
        if [[ $current == '!'* ]]; then
            not='!'
        fi
        case "$command ${current#!}" in

        """;

    private const string End = """
            esac

            # Readline replaces only what follows the last of its own word breaks.
            breaks=${COMP_WORDBREAKS//[^:=]/}
            if [[ -n $breaks ]]; then
                skip=${current%"${current##*[$breaks]}"}
            fi
            before=${before:-$not}
            COMPREPLY=()
            while IFS= read -r reply; do
                reply=$before$reply
                COMPREPLY+=("${reply#"$skip"}")
            done < <(compgen -W "$choices" -- "${current#"$before"}")
            if [[ ${COMPREPLY[0]} == *[:=] ]]; then
                compopt -o nospace 2>/dev/null
            fi
        }
        complete -F _tcplens tcplens

        """;

    public static string Script(CommandNode root)
    {
        var script = new StringBuilder(Begin);
        string[] paths = [.. root.Tree.Skip(1).Select(node => $"'{node.Path}'")];
        script.Append($"            {string.Join(" | ", paths)}) command+=\" $word\" ;;\n");
        Indented(script, AfterCommands, 1);
        foreach (var node in root.Tree)
        {
            foreach (var option in node.Options.OfType<ValueOption>())
                script.Append($"    {string.Join(" | ", option.Names().Select(name => $"'{node.Path} {name}'"))}) choices='{string.Join(' ', option.Values)}' ;;\n");
        }

        Indented(script, AfterValues, 1);
        foreach (var node in root.Tree)
        {
            string words = string.Join(' ', node.Children.Select(child => child.Command.Name).Concat(node.Words.SelectMany(argument => argument.Values)));
            string options = string.Join(' ', node.Options.Select(option => option.Name));
            script.Append($"        '{node.Path}') words='{words}' options='{options}' ;;\n");
        }

        Indented(script, AfterWords, 1);
        foreach (var node in root.Tree)
        {
            foreach (var (beginning, values) in node.Words.SelectMany(argument => argument.Continuations))
                script.Append($"    '{node.Path} {beginning}'*) before=${{current%\"${{current##*[:=,]}}\"}} choices='{string.Join(' ', values)}' ;;\n");
        }

        return script.Append(End).ToString();
    }

    private static void Indented(StringBuilder script, string part, int levels)
    {
        foreach (string line in part.TrimEnd('\n').Split('\n'))
            script.Append(' ', line.Length == 0 ? 0 : 4 * levels).Append(line).Append('\n');
    }
}
