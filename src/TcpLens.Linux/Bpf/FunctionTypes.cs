using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// Describes a program's functions to the verifier (BTF), so that it checks each once instead of at every call: all take two numbers and return
/// one. The first, which is run, is no such function.
/// </summary>
internal static class FunctionTypes
{
    private const int HeaderSize = 24;
    private const int NumberType = 1;
    private const int SignatureType = 2;
    private const int FirstFunctionType = 3;

    // Names: nothing at 0, then the number's and an argument's, which must have one.
    private const int NumberName = 1;
    private const int ArgumentName = 5;
    private static ReadOnlySpan<byte> FirstNames => "\0u64\0a\0"u8;

    /// <summary>The types, for BPF_BTF_LOAD.</summary>
    public static byte[] Write(ImmutableArray<BpfFunction> functions)
    {
        using var types = new MemoryStream();
        using var names = new MemoryStream();
        names.Write(FirstNames);
        // INT: unsigned, 64 bits.
        Put(types, NumberName, Info(1, 0), 8, 64);
        // FUNC_PROTO: returns a number, takes two.
        Put(types, 0, Info(13, 2), NumberType, ArgumentName, NumberType, ArgumentName, NumberType);
        bool first = true;
        foreach (var function in functions)
        {
            // FUNC: static is 0, global is 1.
            Put(types, (uint)names.Length, Info(12, first ? 0u : 1u), SignatureType);
            names.Write(Encoding.Latin1.GetBytes(function.Name));
            names.WriteByte(0);
            first = false;
        }

        using var whole = new MemoryStream();
        Put(whole, 0xeb9f | (1 << 16), HeaderSize, 0, (uint)types.Length, (uint)types.Length, (uint)names.Length);
        types.WriteTo(whole);
        names.WriteTo(whole);
        return whole.ToArray();
    }

    /// <summary>Where each function begins and which of the types is its own, for BPF_PROG_LOAD.</summary>
    public static byte[] WritePlaces(ImmutableArray<BpfFunction> functions)
    {
        using var places = new MemoryStream();
        for (int i = 0; i < functions.Length; i++)
            Put(places, (uint)functions[i].Instruction, (uint)(FirstFunctionType + i));
        return places.ToArray();
    }

    private static uint Info(uint kind, uint length) => (kind << 24) | length;

    private static void Put(MemoryStream to, params ReadOnlySpan<uint> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        foreach (uint number in numbers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
            to.Write(bytes);
        }
    }
}
