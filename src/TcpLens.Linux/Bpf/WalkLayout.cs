namespace TcpLens.Linux.Bpf;

/// <summary>Where things lie in <c>struct walk</c> (<c>programs/walk.h</c>), in bytes. A test holds them against the compiler.</summary>
internal static class WalkLayout
{
    public const int Kinds = 512;
    public const int Counts = 128;
    public const int Rows = 8320;
    public const int RowSize = 64;

    /// <summary>Sockets that one run can tell: 1 MB.</summary>
    public const int RowsMaximum = 16_384;

    public const int Size = Rows + (RowsMaximum * RowSize);
}
