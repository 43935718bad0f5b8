using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// A program as the compiler wrote it (ELF, machine BPF): the instructions of the section <c>program</c>, the functions in it, and the places
/// where something is still to be filled in. Reads any bytes without harm.
/// </summary>
internal sealed class BpfObject
{
    private const int HeaderSize = 64;
    private const int SectionSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;
    private const int InstructionSize = 8;
    private const int MostSections = 64;

    private const uint SymbolTable = 2;
    private const uint Relocations = 9;

    private BpfObject(byte[] instructions, ImmutableArray<BpfFunction> functions, ImmutableArray<BpfReference> references)
    {
        Instructions = instructions;
        Functions = functions;
        References = references;
    }

    /// <summary>As compiled, 8 bytes each.</summary>
    public ReadOnlyMemory<byte> Instructions { get; }

    /// <summary>In the order of the instructions; the first begins at instruction 0 and is the one that is run.</summary>
    public ImmutableArray<BpfFunction> Functions { get; }

    /// <summary>Instructions that need something from outside or from another function.</summary>
    public ImmutableArray<BpfReference> References { get; }

    public static bool TryParse(ReadOnlySpan<byte> elf, out BpfObject? found)
    {
        found = null;
        if (!TryHeader(elf, out int sections, out int count) || !TryFindProgram(elf, sections, count, out int program, out var instructions))
            return false;
        var functions = new List<BpfFunction>();
        var references = new List<BpfReference>();
        for (int i = 0; i < count; i++)
        {
            var section = elf.Slice(sections + (i * SectionSize), SectionSize);
            uint type = Number(section, 4);
            int linked = (int)Math.Min(Number(section, 40), int.MaxValue);
            if (type == SymbolTable && !TryFunctions(elf, sections, count, section, linked, program, functions))
                return false;
            if (type == Relocations && Number(section, 44) == program && !TryReferences(elf, sections, count, section, linked, instructions.Length, references))
                return false;
        }

        functions.Sort((left, right) => left.Instruction.CompareTo(right.Instruction));
        if (functions.Count == 0 || functions[0].Instruction != 0 || functions[^1].Instruction >= instructions.Length / InstructionSize)
            return false;
        found = new BpfObject(instructions.ToArray(), [.. functions], [.. references]);
        return true;
    }

    private static bool TryHeader(ReadOnlySpan<byte> elf, out int sections, out int count)
    {
        (sections, count) = (0, 0);
        // 64 bits, little-endian, relocatable, EM_BPF
        if (elf.Length < HeaderSize || !elf.StartsWith("\u007fELF\u0002\u0001"u8) || Number(elf, 16) != (1 | (247 << 16)))
            return false;
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]);
        count = BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]);
        if (count > MostSections || start > (ulong)elf.Length || (ulong)elf.Length - start < (ulong)(count * SectionSize))
            return false;
        sections = (int)start;
        return true;
    }

    private static bool TryFindProgram(ReadOnlySpan<byte> elf, int sections, int count, out int program, out ReadOnlySpan<byte> instructions)
    {
        instructions = default;
        int names = BinaryPrimitives.ReadUInt16LittleEndian(elf[62..]);
        for (program = 0; program < count; program++)
        {
            var section = elf.Slice(sections + (program * SectionSize), SectionSize);
            if (TryText(elf, sections, count, names, Number(section, 0), out string name) && name == "program")
                return TryContent(elf, section, out instructions) && instructions.Length > 0 && instructions.Length % InstructionSize == 0;
        }

        return false;
    }

    private static bool TryFunctions(ReadOnlySpan<byte> elf, int sections, int count, ReadOnlySpan<byte> table, int names, int program, List<BpfFunction> functions)
    {
        const int globalFunction = (1 << 4) | 2;
        if (!TryContent(elf, table, out var symbols))
            return false;
        for (; symbols.Length >= SymbolSize; symbols = symbols[SymbolSize..])
        {
            if (symbols[4] != globalFunction || BinaryPrimitives.ReadUInt16LittleEndian(symbols[6..]) != program)
                continue;
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(symbols[8..]);
            if (value > int.MaxValue || value % InstructionSize != 0 || !TryText(elf, sections, count, names, Number(symbols, 0), out string name))
                return false;
            functions.Add(new BpfFunction(name, (int)value / InstructionSize));
        }

        return true;
    }

    private static bool TryReferences(ReadOnlySpan<byte> elf, int sections, int count, ReadOnlySpan<byte> table, int symbolTable, int length, List<BpfReference> references)
    {
        if (symbolTable >= count || !TryContent(elf, table, out var rows))
            return false;
        var symbolSection = elf.Slice(sections + (symbolTable * SectionSize), SectionSize);
        if (!TryContent(elf, symbolSection, out var symbols))
            return false;
        int names = (int)Math.Min(Number(symbolSection, 40), int.MaxValue);
        for (; rows.Length >= RelocationSize; rows = rows[RelocationSize..])
        {
            ulong at = BinaryPrimitives.ReadUInt64LittleEndian(rows);
            uint symbol = Number(rows, 12);
            if (at >= (ulong)length || at % InstructionSize != 0 || symbol >= symbols.Length / SymbolSize
                || !TryText(elf, sections, count, names, Number(symbols[((int)symbol * SymbolSize)..], 0), out string name))
                return false;
            references.Add(new BpfReference((int)at / InstructionSize, name));
        }

        return true;
    }

    private static bool TryText(ReadOnlySpan<byte> elf, int sections, int count, int table, uint at, out string text)
    {
        text = "";
        if (table >= count || !TryContent(elf, elf.Slice(sections + (table * SectionSize), SectionSize), out var texts) || at >= texts.Length)
            return false;
        int end = texts[(int)at..].IndexOf((byte)0);
        if (end < 0)
            return false;
        text = Encoding.Latin1.GetString(texts.Slice((int)at, end));
        return true;
    }

    private static bool TryContent(ReadOnlySpan<byte> elf, ReadOnlySpan<byte> section, out ReadOnlySpan<byte> content)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(section[24..]);
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(section[32..]);
        bool fits = offset <= (ulong)elf.Length && size <= (ulong)elf.Length - offset;
        content = fits ? elf.Slice((int)offset, (int)size) : default;
        return fits;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
