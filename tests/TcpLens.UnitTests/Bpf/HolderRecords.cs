using TcpLens.Linux.Bpf;
using Xunit;

namespace TcpLens.UnitTests.Bpf;

/// <summary>What the iterator writes, as it is read.</summary>
public sealed class HolderRecords
{
    private static readonly byte[] s_bytes = [0x67, 0x45, 0x23, 0x81, 42, 0, 0, 0, 9, 0, 0, 0, 0x00, 0x00, 0x40, 0x00];

    [Fact]
    public void Records_are_taken_one_after_the_other()
    {
        ReadOnlySpan<byte> bytes = s_bytes;
        Assert.True(HolderRecord.TryTake(ref bytes, out var first));
        Assert.True(HolderRecord.TryTake(ref bytes, out var second));
        Assert.False(HolderRecord.TryTake(ref bytes, out _));
        Assert.Equal((new HolderRecord(0x81234567, 42), new HolderRecord(9, 4_194_304), 0), (first, second, bytes.Length));
    }

    [Fact]
    public void What_is_less_than_a_record_waits_for_its_rest()
    {
        for (int length = 0; length <= s_bytes.Length; length++)
        {
            ReadOnlySpan<byte> bytes = s_bytes.AsSpan(0, length);
            int taken = 0;
            while (HolderRecord.TryTake(ref bytes, out _))
                taken++;
            Assert.Equal((length / HolderRecord.Size, length % HolderRecord.Size), (taken, bytes.Length));
        }
    }
}
