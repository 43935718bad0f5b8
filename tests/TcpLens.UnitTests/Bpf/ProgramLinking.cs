using System.Buffers.Binary;
using TcpLens.Linux.Bpf;
using Xunit;

namespace TcpLens.UnitTests.Bpf;

/// <summary>From the compiler's object to instructions that a kernel takes.</summary>
public sealed class ProgramLinking
{
    public static TheoryData<string> Programs => [.. HashWalk.Names, HashWalk.Faster, HashWalk.BoundName, HolderIterator.Name];

    [Theory]
    [MemberData(nameof(Programs))]
    public void An_embedded_program_begins_with_the_function_that_is_run(string name)
    {
        var program = WalkProgram.Embedded(name);
        Assert.Equal(name.Split('-')[0], program.Functions[0].Name);
        Assert.Contains(program.References, reference => reference.Name.StartsWith("offset__task_struct__", StringComparison.Ordinal));
        Assert.Contains("task_struct", BpfLinker.NamesOf(program.References), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_kernel_without_a_structure_is_refused_by_its_name(string name)
    {
        Assert.True(KernelTypes.TryParse(new TypesBuilder().Build(), [], out var types));
        var missing = BpfLinker.Link(WalkProgram.Embedded(name), types, 3, out _);
        Assert.Contains(name == HolderIterator.Name ? "socket.type" : "task_struct.nsproxy", missing!.Value.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_of_a_socket_that_lies_too_far_behind_is_refused()
    {
        var builder = new TypesBuilder();
        var program = WalkProgram.Embedded("established");
        AddAll(builder, program, skip: "offset__sock_common__skc_nulls_node");
        builder.AddStructure(4, "sock_common", 400, hasBitfields: false, ("skc_nulls_node", 1, 128 * 8));
        Assert.True(KernelTypes.TryParse(builder.Build(), [.. BpfLinker.NamesOf(program.References)], out var types));
        Assert.NotNull(BpfLinker.Link(program, types, 3, out _));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_reference_is_filled_in(string name)
    {
        var program = WalkProgram.Embedded(name);
        var builder = new TypesBuilder();
        AddAll(builder, program, skip: "");
        Assert.True(KernelTypes.TryParse(builder.Build(), [.. BpfLinker.NamesOf(program.References)], out var types));
        Assert.Null(BpfLinker.Link(program, types, 77, out byte[] linked));
        foreach (var reference in program.References)
        {
            var instruction = linked.AsSpan(reference.Instruction * 8);
            int number = BinaryPrimitives.ReadInt32LittleEndian(instruction[4..]);
            if (reference.Name == BpfLinker.Memory)
                Assert.Equal((2, 77), (instruction[1] >> 4, number));
            else if (reference.Name == "bpf_rdonly_cast")
                Assert.Equal((2, types.IdOf(reference.Name)), (instruction[1] >> 4, number));
            else if (instruction[0] == 0x85)
                Assert.Contains(program.Functions, function => function.Name == reference.Name && function.Instruction == reference.Instruction + 1 + number);
        }

        var member = program.References.Last(reference => reference.Name.StartsWith("offset__", StringComparison.Ordinal));
        string[] words = member.Name.Split("__");
        Assert.Equal(types.OffsetOf(words[1], words[2]), BinaryPrimitives.ReadInt32LittleEndian(linked.AsSpan((member.Instruction * 8) + 4)));
    }

    [Fact]
    public void What_is_cut_or_no_object_is_refused()
    {
        using var stream = typeof(WalkProgram).Assembly.GetManifestResourceStream("bpf/listeners.o")!;
        byte[] whole = new byte[stream.Length];
        stream.ReadExactly(whole);
        Assert.True(BpfObject.TryParse(whole, out _));
        for (int length = 0; length < whole.Length; length += 7)
            Assert.False(BpfObject.TryParse(whole.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("Validating tell() func#2...\nR2 is not a scalar\nprocessed 9 insns (limit 1000000)\n\0rest", "R2 is not a scalar")]
    [InlineData("; return 0;\n\n\u001b[31mback-edge from insn 9 to 3\n", "[31mback-edge from insn 9 to 3")]
    [InlineData("processed 9 insns\n", null)]
    [InlineData("", null)]
    public void Of_the_verifiers_words_the_first_that_is_a_reason_is_told(string log, string? expected) =>
        Assert.Equal(expected, WalkProgram.FirstReason(System.Text.Encoding.Latin1.GetBytes(log)));

    // Each structure with the members that the program asks for, one number after the other; what it may do without is left out.
    private static void AddAll(TypesBuilder builder, BpfObject program, string skip)
    {
        builder.Add(1, "int", 4, 32);
        builder.Add(12, "bpf_rdonly_cast", 1);
        builder.AddStructure(4, "timespec64", 16, hasBitfields: false, ("tv_sec", 1, 0));
        var members = program.References.Select(reference => reference.Name)
            .Where(name => name.StartsWith("offset__", StringComparison.Ordinal) && name != skip && !name.EndsWith("__listening_hash", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Select(name => name.Split("__")).GroupBy(words => words[1], words => words[2], StringComparer.Ordinal);
        foreach (var structure in members)
            builder.AddStructure(4, structure.Key, 400, hasBitfields: false, [.. structure.Select((member, i) => (member, 1u, (uint)(i * 64)))]);
    }
}
