using System.Buffers.Binary;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// The kernel's description of its own structures (BTF), asked for a few of them. Reads any bytes without harm: what is cut, cyclic or of an
/// unknown kind is not found. Source: <c>Documentation/bpf/btf.rst</c>.
/// </summary>
internal readonly ref struct KernelTypes
{
    private const int HeaderSize = 24;
    private const ushort Magic = 0xeb9f;
    private const int TypeSize = 12;
    private const int MemberSize = 12;

    /// <summary>The position of every so many types is kept; the ones between are counted from there.</summary>
    private const int Step = 64;

    private const int Beginnings = 1024;

    private const int Pointer = 2;
    private const int Structure = 4;
    private const int Union = 5;
    private const int Function = 12;

    private const int DeepestNesting = 8;
    private const int MostModifiers = 16;

    private readonly ReadOnlySpan<byte> _types;
    private readonly ReadOnlySpan<byte> _names;
    private readonly List<int> _positions;
    private readonly Dictionary<string, (int At, int Id)> _found;

    private KernelTypes(ReadOnlySpan<byte> types, ReadOnlySpan<byte> names)
    {
        _types = types;
        _names = names;
        _positions = [];
        _found = new Dictionary<string, (int At, int Id)>(StringComparer.Ordinal);
    }

    /// <summary>Looks through <paramref name="btf"/> for the structures and functions of these names.</summary>
    /// <returns><see langword="false"/> when the bytes are not such a description, or one of a newer kind.</returns>
    public static bool TryParse(ReadOnlySpan<byte> btf, ReadOnlySpan<string> wanted, out KernelTypes types)
    {
        types = default;
        if (btf.Length < HeaderSize || BinaryPrimitives.ReadUInt16LittleEndian(btf) != Magic)
            return false;
        uint header = Number(btf, 4);
        if (!TryCut(btf, header, Number(btf, 8), Number(btf, 12), out var list) || !TryCut(btf, header, Number(btf, 16), Number(btf, 20), out var names))
            return false;
        types = new KernelTypes(list, names);
        return types.Index(wanted);
    }

    /// <summary>Bytes from the start of the structure to the member, which may lie in nameless structures within; -1 when there is none.</summary>
    public int OffsetOf(string structure, string member) => TryFind(structure, member, out int offset, out _) ? offset : -1;

    /// <summary>Whether the member is there and is a pointer.</summary>
    public bool IsPointer(string structure, string member) =>
        TryFind(structure, member, out _, out int type) && Resolve(type, out int at) && Kind(at) == Pointer;

    /// <summary>Bytes of the structure; -1 when there is none.</summary>
    public int SizeOf(string structure) => _found.TryGetValue(structure, out var found) ? (int)Number(_types, found.At + 8) : -1;

    /// <summary>The number by which programs refer to a structure or a function; -1 when there is none.</summary>
    public int IdOf(string name) => _found.TryGetValue(name, out var found) ? found.Id : -1;

    private bool Index(ReadOnlySpan<string> wanted)
    {
        // Most names are told from all that are wanted by how they begin.
        Span<bool> beginnings = stackalloc bool[Beginnings];
        foreach (string one in wanted)
            beginnings[BeginningOf((byte)one[0], (byte)one[1])] = true;
        int at = 0;
        for (int id = 1; at < _types.Length; id++)
        {
            if (id % Step == 1)
                _positions.Add(at);
            int size = SizeAt(at);
            if (size < 0 || size > _types.Length - at)
                return false;
            if (Kind(at) == Function || (Kind(at) == Structure && Members(at) > 0))
                Keep(at, id, wanted, beginnings);
            at += size;
        }

        return true;
    }

    private static int BeginningOf(byte first, byte second) => ((first * 31) + second) & (Beginnings - 1);

    private void Keep(int at, int id, ReadOnlySpan<string> wanted, ReadOnlySpan<bool> beginnings)
    {
        var name = Name(Number(_types, at));
        if (name.Length < 2 || !beginnings[BeginningOf(name[0], name[1])])
            return;
        foreach (string one in wanted)
        {
            if (IsNamed(name, one))
                _found.TryAdd(one, (at, id));
        }
    }

    private bool TryFind(string structure, string member, out int offset, out int type)
    {
        (offset, type) = (0, 0);
        return _found.TryGetValue(structure, out var found) && Kind(found.At) == Structure && TryFind(found.At, member, DeepestNesting, ref offset, out type);
    }

    private bool TryFind(int at, string member, int depth, ref int offset, out int type)
    {
        bool hasBitfields = Info(at) >> 31 != 0;
        int end = at + TypeSize + (Members(at) * MemberSize);
        for (int row = at + TypeSize; row < end; row += MemberSize)
        {
            uint name = Number(_types, row);
            type = (int)Number(_types, row + 4);
            uint bits = Number(_types, row + 8);
            int bytes = (int)((hasBitfields ? bits & 0xff_ffff : bits) / 8);
            if (name != 0)
            {
                if (!IsNamed(Name(name), member))
                    continue;
                offset += bytes;
                return true;
            }

            int inner = offset + bytes;
            if (depth > 0 && Resolve(type, out int nested) && Kind(nested) is Structure or Union && TryFind(nested, member, depth - 1, ref inner, out type))
            {
                offset = inner;
                return true;
            }
        }

        type = 0;
        return false;
    }

    // The type behind its names and qualifiers.
    private bool Resolve(int id, out int at)
    {
        for (int i = 0; i < MostModifiers && TryPosition(id, out at); i++)
        {
            // TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG
            if (Kind(at) is not (8 or 9 or 10 or 11 or 18))
                return true;
            id = (int)Number(_types, at + 8);
        }

        at = 0;
        return false;
    }

    private bool TryPosition(int id, out int at)
    {
        at = 0;
        if (id < 1 || (id - 1) / Step >= _positions.Count)
            return false;
        at = _positions[(id - 1) / Step];
        for (int i = (id - 1) % Step; i > 0; i--)
        {
            at += SizeAt(at);
            if (at >= _types.Length)
                return false;
        }

        return true;
    }

    // Bytes of the type's entry; -1 for one that is cut or of a kind that is not known.
    private int SizeAt(int at)
    {
        if (at > _types.Length - TypeSize)
            return -1;
        int members = Members(at);
        return Kind(at) switch
        {
            // PTR, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FLOAT, TYPE_TAG
            2 or 7 or 8 or 9 or 10 or 11 or 12 or 16 or 18 => TypeSize,
            // INT, VAR, DECL_TAG
            1 or 14 or 17 => TypeSize + 4,
            // ARRAY
            3 => TypeSize + 12,
            // STRUCT, UNION, DATASEC, ENUM64
            4 or 5 or 15 or 19 => TypeSize + (members * 12),
            // ENUM, FUNC_PROTO
            6 or 13 => TypeSize + (members * 8),
            _ => -1,
        };
    }

    private uint Info(int at) => Number(_types, at + 4);

    private int Kind(int at) => (int)(Info(at) >> 24) & 0x1f;

    private int Members(int at) => (int)(Info(at) & 0xffff);

    private ReadOnlySpan<byte> Name(uint at) => at < (uint)_names.Length ? _names[(int)at..] : default;

    private static bool IsNamed(ReadOnlySpan<byte> text, string name)
    {
        if (text.Length <= name.Length || text[name.Length] != 0)
            return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (text[i] != name[i])
                return false;
        }

        return true;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static bool TryCut(ReadOnlySpan<byte> bytes, uint header, uint offset, uint length, out ReadOnlySpan<byte> part)
    {
        ulong start = (ulong)header + offset;
        bool fits = start + length <= (ulong)bytes.Length;
        part = fits ? bytes.Slice((int)start, (int)length) : default;
        return fits;
    }
}
