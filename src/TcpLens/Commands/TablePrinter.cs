using TcpLens.CommandLine;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal.Connections;

namespace TcpLens.Commands;

/// <summary>Prints a table for people; what is missing from it goes to standard error.</summary>
internal sealed class TablePrinter(Session session, bool showNamespace, bool withOwners) : ConnectionPrinter(session)
{
    private readonly ConnectionTable _table = new(session.Style, session.Columns, showNamespace, withOwners);

    public override void Begin() => Write(_table.Heading(Session.Language) + "\n");

    protected override void PrintSocket(ListedSocket socket) => Write(_table.Line(socket) + "\n");

    protected override void PrintEnd(Pass worst)
    {
        if (worst.Reason is { } reason)
            Session.PrintError(new Phrase("the list is not complete: ", "列表不完整：").Then(reason));
    }
}
