using TcpLens.CommandLine;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Outputs.Json;

namespace TcpLens.Commands;

/// <summary>Prints one JSON document.</summary>
internal sealed class JsonPrinter(Session session, bool withOwners) : ConnectionPrinter(session)
{
    private readonly ConnectionJson _json = new(withOwners);

    public override void Begin() => Write(ConnectionJson.Begin);

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }

    protected override void PrintSocket(ListedSocket socket) => Write(_json.Line(socket));

    protected override void PrintEnd(Pass worst) => Write(_json.End(Shown, worst.Completeness, worst.Reason?.English));
}
