using System.Text;
using TcpLens.CommandLine;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;

namespace TcpLens.Commands;

/// <summary>Prints sockets one after the other; writes to the output in pieces of about <see cref="PieceBytes"/>.</summary>
internal abstract class ConnectionPrinter(Session session) : IDisposable
{
    private const int PieceBytes = 32 * 1024;
    private readonly MemoryStream _piece = new(PieceBytes);

    /// <summary>Sockets printed so far.</summary>
    public long Shown { get; private set; }

    protected Session Session { get; } = session;

    public abstract void Begin();

    public void Print(ListedSocket socket)
    {
        Shown++;
        PrintSocket(socket);
    }

    /// <summary>Ends the list, and says what is missing from it.</summary>
    public void End(IReadOnlyList<NamespacePass> passes)
    {
        PrintEnd(passes.FirstOrDefault(one => one.Pass.Completeness != Completeness.Complete).Pass ?? Pass.Whole);
        Flush();
    }

    public virtual void Dispose() => _piece.Dispose();

    protected abstract void PrintSocket(ListedSocket socket);

    protected abstract void PrintEnd(Pass worst);

    protected void Write(ReadOnlySpan<byte> bytes)
    {
        _piece.Write(bytes);
        if (_piece.Length >= PieceBytes)
            Flush();
    }

    protected void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private void Flush()
    {
        Session.Print(_piece.GetBuffer().AsSpan(0, (int)_piece.Length));
        _piece.SetLength(0);
    }
}
