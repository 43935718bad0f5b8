using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Filtering;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary>The filter behind a command.</summary>
internal static class FilterWords
{
    public static WordsArgument Argument { get; } = new("FILTER", new("which connections, e.g. state:close_wait port:443", "筛选条件，例如 state:close_wait port:443"), ArgumentArity.ZeroOrMore)
    {
        Values = [.. FilterKeys.All.Select(key => key.Name + ":")],
        Continuations = [.. FilterKeys.All.Where(key => !key.Values.IsEmpty).Select(key => (key.Name + ":", key.Values))],
    };

    /// <summary>The filter that was typed.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static SocketFilter Of(ParseResult parsed, Session session)
    {
        string text = string.Join(' ', parsed.GetValue(Argument) ?? []);
        return SocketFilter.TryParse(text, out var filter, out var error)
            ? filter
            : throw new UsageException(new Phrase("wrong filter\n{0}", "筛选条件有误\n{0}").With(error.Render(session.Language)));
    }
}
