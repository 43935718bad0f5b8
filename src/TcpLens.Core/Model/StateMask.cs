namespace TcpLens.Core.Model;

/// <summary>A set of TCP states; bit n is the state with the kernel's number n.</summary>
public readonly record struct StateMask(uint Bits)
{
    public static StateMask All { get; } = new(0xffe);

    public bool Contains(TcpState state) => (Bits & (1u << (int)state)) != 0;

    public StateMask With(TcpState state) => new(Bits | (1u << (int)state));

    public static StateMask operator &(StateMask left, StateMask right) => new(left.Bits & right.Bits);

    public static StateMask operator ~(StateMask mask) => new(~mask.Bits & All.Bits);

    public static StateMask BitwiseAnd(StateMask left, StateMask right) => left & right;

    public static StateMask OnesComplement(StateMask mask) => ~mask;
}
