using System.Buffers.Binary;

namespace TcpLens.Fuzz;

/// <summary>Makes inputs out of seeds: damaged in the ways that break parsers of packets and of text.</summary>
internal sealed class Mutator(byte[][] seeds)
{
    /// <summary>Numbers at which lengths and signs turn.</summary>
    private static readonly uint[] s_borders = [0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff];

    private readonly byte[] _data = new byte[GuardedBuffer.Capacity];
    private int _length;

    /// <summary>The input of one run: the seeds as they are come first, then mutations of them.</summary>
    public ReadOnlySpan<byte> Make(ulong seed, long run)
    {
        if (run < seeds.Length)
        {
            Load(seeds[run]);
            return _data.AsSpan(0, _length);
        }

        var random = Randomness.Of(seed, run);
        Load(seeds.Length == 0 ? [] : seeds[random.Below(seeds.Length)]);
        if (random.Below(32) == 0)
        {
            _length = random.Below(random.Below(2) == 0 ? 64 : 4096);
            random.Fill(_data.AsSpan(0, _length));
            return _data.AsSpan(0, _length);
        }

        for (int edits = 1 + random.Below(random.Below(4) == 0 ? 16 : 3); edits > 0; edits--)
            Edit(ref random);
        return _data.AsSpan(0, _length);
    }

    private void Edit(ref Randomness random)
    {
        switch (random.Below(10))
        {
            case 0:
                FlipBit(ref random);
                break;
            case 1:
                Truncate(ref random);
                break;
            case 2:
                Splice(ref random);
                break;
            case 3 or 4:
                EditNumber(ref random);
                break;
            case 5:
                Delete(ref random);
                break;
            case 6:
                Repeat(ref random);
                break;
            case 7:
                Insert(ref random);
                break;
            case 8:
                Swap(ref random);
                break;
            default:
                if (_length > 0)
                    _data[random.Below(_length)] = (byte)random.Next();
                break;
        }
    }

    private void FlipBit(ref Randomness random)
    {
        if (_length > 0)
            _data[random.Below(_length)] ^= (byte)(1 << random.Below(8));
    }

    private void Truncate(ref Randomness random) => _length = random.Below(_length + 1);

    /// <summary>The beginning of this input and the end of another seed.</summary>
    private void Splice(ref Randomness random)
    {
        if (seeds.Length == 0)
            return;
        byte[] other = seeds[random.Below(seeds.Length)];
        int from = random.Below(other.Length);
        Truncate(ref random);
        Append(other.AsSpan(from));
    }

    /// <summary>Writes a number of 2 or 4 bytes where a length may stand: a border, or just beside what is left from there.</summary>
    private void EditNumber(ref Randomness random)
    {
        int size = random.Below(2) == 0 ? 2 : 4;
        if (_length < size)
            return;
        int offset = random.Below(_length - size + 1);
        if (random.Below(4) != 0)
            offset &= ~(size - 1);
        uint value = random.Below(2) == 0 ? s_borders[random.Below(s_borders.Length)] : (uint)(_length - offset + random.Below(9) - 4);
        var field = _data.AsSpan(offset, size);
        bool network = random.Below(4) == 0;
        if (size == 2 && network)
            BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)value);
        else if (size == 2)
            BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)value);
        else if (network)
            BinaryPrimitives.WriteUInt32BigEndian(field, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(field, value);
    }

    private void Delete(ref Randomness random)
    {
        int from = random.Below(_length);
        int count = Math.Min(Short(ref random), _length - from);
        _data.AsSpan(from + count, _length - from - count).CopyTo(_data.AsSpan(from));
        _length -= count;
    }

    private void Repeat(ref Randomness random)
    {
        int from = random.Below(_length);
        int count = Math.Min(Short(ref random), _length - from);
        for (int times = 1 + random.Below(random.Below(8) == 0 ? 64 : 2); times > 0; times--)
            Append(_data.AsSpan(from, count));
    }

    private void Insert(ref Randomness random)
    {
        int at = random.Below(_length + 1);
        int count = Math.Min(Short(ref random), GuardedBuffer.Capacity - _length);
        _data.AsSpan(at, _length - at).CopyTo(_data.AsSpan(at + count));
        random.Fill(_data.AsSpan(at, count));
        _length += count;
    }

    /// <summary>Copies one part over another: words and fields in wrong places.</summary>
    private void Swap(ref Randomness random)
    {
        int from = random.Below(_length);
        int to = random.Below(_length);
        int count = Math.Min(Short(ref random), _length - Math.Max(from, to));
        _data.AsSpan(from, count).CopyTo(_data.AsSpan(to));
    }

    private static int Short(ref Randomness random) => 1 + random.Below(random.Below(8) == 0 ? 256 : 8);

    private void Load(ReadOnlySpan<byte> seed)
    {
        _length = 0;
        Append(seed);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, GuardedBuffer.Capacity - _length);
        bytes[..count].CopyTo(_data.AsSpan(_length));
        _length += count;
    }
}
