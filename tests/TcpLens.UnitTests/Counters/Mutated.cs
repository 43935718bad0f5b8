using System.Text;
using CsCheck;

namespace TcpLens.UnitTests.Counters;

/// <summary>Spoils a good text in the ways in which input gets spoiled: cut short, bits flipped, or replaced by random bytes.</summary>
internal static class Mutated
{
    public static Gen<byte[]> Of(string good)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(good);
        var cut = Gen.Int[0, bytes.Length].Select(length => bytes[..length]);
        var flipped = Gen.Int[0, bytes.Length - 1].Array[1, 8].Select(Gen.Int[0, 7], (places, bit) => Flip(bytes, places, bit));
        return Gen.OneOf(cut, flipped, Gen.Byte.Array[0, 512]);
    }

    private static byte[] Flip(byte[] good, int[] places, int bit)
    {
        byte[] copy = [.. good];
        foreach (int place in places)
            copy[place] ^= (byte)(1 << bit);
        return copy;
    }
}
