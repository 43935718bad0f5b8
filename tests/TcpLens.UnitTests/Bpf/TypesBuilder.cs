using System.Text;

namespace TcpLens.UnitTests.Bpf;

/// <summary>Writes a small description of types (BTF) as a kernel would.</summary>
internal sealed class TypesBuilder
{
    private readonly List<byte> _types = [];
    private readonly List<byte> _text = [0];
    private uint _count;

    /// <summary>Adds a type of a kind with what follows it, and returns its number.</summary>
    public uint Add(uint kind, string name, uint sizeOrType, params uint[] rest) => Add(kind, name, sizeOrType, 0, false, rest);

    /// <summary>Adds a structure (4) or union (5) with members: name, type, offset in bits.</summary>
    public uint AddStructure(uint kind, string name, uint size, bool hasBitfields, params (string Name, uint Type, uint Bits)[] members) =>
        Add(kind, name, size, (uint)members.Length, hasBitfields, [.. members.SelectMany(one => new[] { NameOf(one.Name), one.Type, one.Bits })]);

    public byte[] Build()
    {
        using var whole = new MemoryStream();
        using var writer = new BinaryWriter(whole);
        writer.Write((ushort)0xeb9f);
        writer.Write((ushort)1);
        writer.Write(24u);
        writer.Write(0u);
        writer.Write((uint)_types.Count);
        writer.Write((uint)_types.Count);
        writer.Write((uint)_text.Count);
        writer.Write([.. _types]);
        writer.Write([.. _text]);
        writer.Flush();
        return whole.ToArray();
    }

    private uint Add(uint kind, string name, uint sizeOrType, uint length, bool flag, uint[] rest)
    {
        foreach (uint number in (uint[])[NameOf(name), (flag ? 1u << 31 : 0) | (kind << 24) | length, sizeOrType, .. rest])
            _types.AddRange(BitConverter.GetBytes(number));
        return ++_count;
    }

    private uint NameOf(string name)
    {
        if (name.Length == 0)
            return 0;
        uint at = (uint)_text.Count;
        _text.AddRange(Encoding.ASCII.GetBytes(name));
        _text.Add(0);
        return at;
    }
}
