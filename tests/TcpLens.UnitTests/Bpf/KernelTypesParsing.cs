using TcpLens.Linux.Bpf;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Bpf;

/// <summary>The kernel's description of its structures: found where it is, harmless where it is broken.</summary>
public sealed class KernelTypesParsing
{
    private static readonly string[] Wanted = ["sock_common", "net", "other"];

    [Fact]
    public void Members_are_found_in_nameless_structures_too()
    {
        Assert.True(KernelTypes.TryParse(Sample(), Wanted, out var types));
        Assert.Equal(0, types.OffsetOf("sock_common", "skc_daddr"));
        Assert.Equal(4, types.OffsetOf("sock_common", "skc_rcv_saddr"));
        Assert.Equal(18, types.OffsetOf("sock_common", "skc_state"));
        Assert.Equal(-1, types.OffsetOf("sock_common", "skc_nothing"));
        Assert.Equal(-1, types.OffsetOf("other", "skc_state"));
        Assert.Equal(24, types.SizeOf("sock_common"));
        Assert.Equal(-1, types.SizeOf("other"));
    }

    [Fact]
    public void A_bitfield_moves_nobody_else()
    {
        Assert.True(KernelTypes.TryParse(Sample(), Wanted, out var types));
        Assert.Equal(8, types.OffsetOf("net", "count"));
    }

    [Fact]
    public void A_pointer_is_known_behind_its_names()
    {
        Assert.True(KernelTypes.TryParse(Sample(), Wanted, out var types));
        Assert.True(types.IsPointer("net", "row"));
        Assert.False(types.IsPointer("net", "count"));
        Assert.False(types.IsPointer("net", "absent"));
    }

    [Fact]
    public void Of_two_structures_of_a_name_the_one_with_members_counts()
    {
        var builder = new TypesBuilder();
        uint number = builder.Add(1, "int", 4, 32);
        builder.AddStructure(4, "net", 0, hasBitfields: false);
        builder.AddStructure(4, "net", 8, hasBitfields: false, ("count", number, 32));
        Assert.True(KernelTypes.TryParse(builder.Build(), Wanted, out var types));
        Assert.Equal(4, types.OffsetOf("net", "count"));
    }

    [Fact]
    public void A_kind_that_is_not_known_yet_ends_the_reading()
    {
        var builder = new TypesBuilder();
        builder.Add(30, "future", 4);
        Assert.False(KernelTypes.TryParse(builder.Build(), Wanted, out _));
    }

    [Fact]
    public void A_name_that_names_itself_is_no_pointer()
    {
        var builder = new TypesBuilder();
        builder.Add(8, "loop", 1);
        builder.AddStructure(4, "net", 8, hasBitfields: false, ("row", 1, 0), ("", 2, 0));
        Assert.True(KernelTypes.TryParse(builder.Build(), Wanted, out var types));
        Assert.False(types.IsPointer("net", "row"));
        Assert.Equal(-1, types.OffsetOf("net", "absent"));
    }

    [Fact]
    public void What_is_cut_is_refused()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++)
            Assert.False(KernelTypes.TryParse(whole.AsSpan(0, length), Wanted, out _));
    }

    [Fact]
    public void The_running_kernel_tells_what_the_programs_ask()
    {
        Require.That(File.Exists("/sys/kernel/btf/vmlinux"), "needs a kernel that describes its structures (CONFIG_DEBUG_INFO_BTF)");
        Assert.True(KernelTypes.TryParse(File.ReadAllBytes("/sys/kernel/btf/vmlinux"), Wanted, out var types));
        Assert.Equal(0, types.OffsetOf("sock_common", "skc_daddr"));
        Assert.Equal(16, types.OffsetOf("sock_common", "skc_family"));
        Assert.Equal(18, types.OffsetOf("sock_common", "skc_state"));
    }

    private static byte[] Sample()
    {
        var builder = new TypesBuilder();
        uint number = builder.Add(1, "int", 4, 32);
        uint pair = builder.AddStructure(4, "", 8, hasBitfields: false, ("skc_daddr", number, 0), ("skc_rcv_saddr", number, 32));
        uint either = builder.AddStructure(5, "", 8, hasBitfields: false, ("skc_addrpair", number, 0), ("", pair, 0));
        builder.AddStructure(4, "sock_common", 24, hasBitfields: false, ("", either, 0), ("skc_family", number, 128), ("skc_state", number, 144));
        uint pointer = builder.Add(2, "", number);
        uint qualified = builder.Add(10, "", pointer);
        uint named = builder.Add(8, "row_t", qualified);
        // Three bits of a number before it: the width stands in the upper eight bits of the offset.
        builder.AddStructure(4, "net", 16, hasBitfields: true, ("flags", number, 3u << 24), ("row", named, 32), ("count", number, 64));
        return builder.Build();
    }
}
