namespace TcpLens.Linux.Bpf;

/// <summary>Where things lie in <c>struct walk</c> (<c>programs/walk.h</c>), in bytes. A test holds them against the compiler.</summary>
internal static class WalkLayout
{
    public const int Kinds = 512;
    public const int Counts = 128;
    public const int Places = Counts + (Kinds * sizeof(ulong));
    public const int PlacesSize = 32 * 1024;
    public const int Rows = 41_136;
    public const int RowSize = 80;

    /// <summary>Sockets that one run can tell: 1.25 MB.</summary>
    public const int RowsMaximum = 16_384;

    /// <summary>Groups lie where the rows do.</summary>
    public const int GroupSize = 88;

    /// <summary>Groups that one run can tell.</summary>
    public const int GroupsMaximum = 8_192;

    public const int Size = Rows + (RowsMaximum * RowSize);
}
