namespace TcpLens.Fuzz;

/// <summary>SplitMix64: a random sequence that its seed alone decides, the same on every machine and runtime.</summary>
internal struct Randomness(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The sequence of one run: every input can be made again without those before it.</summary>
    public static Randomness Of(ulong seed, long run) => new(new Randomness(seed).Next() ^ ((ulong)run * 0xd1342543de82ef95));

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 to <paramref name="limit"/> - 1; 0 when the limit is 0.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : (int)(((UInt128)Next() * (uint)limit) >> 64);

    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte value in bytes)
            value = (byte)Next();
    }
}
