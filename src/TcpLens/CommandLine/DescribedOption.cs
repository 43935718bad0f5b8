using System.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.CommandLine;

/// <summary>What help, manual and completion say of an option, whichever kind it is.</summary>
internal static class DescribedOption
{
    /// <summary>Its names, short ones first: <c>-N, --netns</c>.</summary>
    public static IEnumerable<string> Names(this Option option) => option.Aliases.Append(option.Name);

    /// <summary>Its names and what it takes: <c>-N, --netns NAME</c>.</summary>
    public static string Signature(this Option option)
    {
        string names = string.Join(", ", option.Names());
        return option is ValueOption value ? $"{names} {value.ValueName}" : names;
    }

    public static Phrase Summary(this Option option) => option switch
    {
        ValueOption value => value.Summary,
        SwitchOption flag => flag.Summary,
        _ => Phrase.Same(option.Description ?? ""),
    };
}
