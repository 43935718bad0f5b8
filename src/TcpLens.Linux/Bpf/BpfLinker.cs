using System.Buffers.Binary;
using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// Fills in what the compiler left open: calls between functions and into the kernel, the address of the shared memory, and numbers of this kernel's structures,
/// which the program asks for by names such as <c>offset__sock_common__skc_state</c>.
/// </summary>
internal static class BpfLinker
{
    /// <summary>The symbol that stands for the shared memory.</summary>
    public const string Memory = "walk";

    /// <summary>Bytes of a socket's common part that the programs read at once (COPY in <c>walk.h</c>); its members have to lie within.</summary>
    public const int CommonPart = 128;

    private const int InstructionSize = 8;
    private const byte LoadNumber = 0x18;
    private const byte Call = 0x85;
    private const byte FromMapValue = 2;
    private const byte FromProgram = 1;
    private const byte FromKernel = 2;

    /// <summary>The structures and functions of the kernel that the programs ask about.</summary>
    public static ImmutableArray<string> NamesOf(ImmutableArray<BpfReference> references) =>
        [.. references.Select(one => one.Name.Split("__")).Select(words => words.Length >= 2 ? words[1] : words[0]).Distinct(StringComparer.Ordinal)];

    /// <summary>Links the program for a kernel with these types.</summary>
    /// <param name="program">As compiled.</param>
    /// <param name="types">Of the running kernel.</param>
    /// <param name="map">Descriptor of the map whose value is the shared memory.</param>
    /// <param name="linked">The instructions, ready to be loaded.</param>
    /// <returns><see langword="null"/>, or what this kernel does not have.</returns>
    public static Phrase? Link(BpfObject program, KernelTypes types, int map, out byte[] linked)
    {
        linked = program.Instructions.ToArray();
        foreach (var reference in program.References)
        {
            var instruction = linked.AsSpan(reference.Instruction * InstructionSize);
            if (instruction[0] == Call)
            {
                if (!TryCall(program, reference, types, instruction))
                    return Missing("function__" + reference.Name);
                continue;
            }

            if (instruction[0] != LoadNumber || instruction.Length < 2 * InstructionSize)
                return Unknown(reference.Name);
            int addend = BinaryPrimitives.ReadInt32LittleEndian(instruction[4..]);
            if (reference.Name == Memory)
            {
                instruction[1] = (byte)((instruction[1] & 0x0f) | (FromMapValue << 4));
                BinaryPrimitives.WriteInt32LittleEndian(instruction[4..], map);
                BinaryPrimitives.WriteInt32LittleEndian(instruction[12..], addend);
                continue;
            }

            if (!TryNumber(program, reference.Name, types, out int number))
                return Missing(reference.Name);
            BinaryPrimitives.WriteInt32LittleEndian(instruction[4..], number + addend);
        }

        return null;
    }

    // The distance is counted from the instruction behind the call.
    private static bool TryCall(BpfObject program, BpfReference reference, KernelTypes types, Span<byte> instruction)
    {
        foreach (var function in program.Functions)
        {
            if (function.Name != reference.Name)
                continue;
            instruction[1] = (byte)((instruction[1] & 0x0f) | (FromProgram << 4));
            BinaryPrimitives.WriteInt32LittleEndian(instruction[4..], function.Instruction - reference.Instruction - 1);
            return true;
        }

        int id = types.IdOf(reference.Name);
        instruction[1] = (byte)((instruction[1] & 0x0f) | (FromKernel << 4));
        BinaryPrimitives.WriteInt32LittleEndian(instruction[4..], id);
        return id > 0;
    }

    private static bool TryNumber(BpfObject program, string name, KernelTypes types, out int number)
    {
        number = 0;
        switch (name.Split("__"))
        {
            case ["offset", "sock_common", var member]:
                number = types.OffsetOf("sock_common", member);
                return number is >= 0 and <= CommonPart - sizeof(ulong);
            case ["offset", var structure, var member]:
                number = types.OffsetOf(structure, member);
                // A program that asks whether a member exists does without it.
                if (number < 0 && program.References.Any(other => other.Name == $"exists__{structure}__{member}"))
                    number = 0;
                return number >= 0;
            case ["exists", var structure, var member]:
                number = types.OffsetOf(structure, member) >= 0 ? 1 : 0;
                return true;
            case ["pointer", var structure, var member]:
                number = types.IsPointer(structure, member) ? 1 : 0;
                return true;
            case ["type", var structure]:
                number = types.IdOf(structure);
                return number > 0;
            case ["size", var structure]:
                number = types.SizeOf(structure);
                return number > 0;
            default:
                return false;
        }
    }

    private static Phrase Missing(string name)
    {
        string[] words = name.Split("__");
        return new Phrase("this kernel has no {0} where the program looks for it", "当前内核中没有程序所需的 {0}").With(string.Join('.', words[1..]));
    }

    private static Phrase Unknown(string name) =>
        new Phrase("the program refers to {0}, which nobody knows (a defect of tcplens)", "程序引用了未知的 {0}（tcplens 的缺陷）").With(name);
}
