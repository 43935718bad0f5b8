using TcpLens.Core.Model;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>A resident reader is asked every second for years. What one reading leaves for the collector is small, and the same for any number of sockets.</summary>
public sealed class ReadingAllocates
{
    private const int Readings = 20;
    private const long BytesMax = 4096;

    [Theory]
    [InlineData(SourceChoice.Bpf)]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void A_reading_allocates_as_little_for_five_thousand_sockets_as_for_ten(SourceChoice source)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 10);
        long few = BytesOfOneReading(lab, source, 10);
        lab.Hold(TcpState.Established, 2500);
        lab.Hold(TcpState.TimeWait, 2490, LabFamily.IPv6);
        long many = BytesOfOneReading(lab, source, 5000);
        TestContext.Current.TestOutputHelper!.WriteLine($"{few} bytes, {many} bytes");
        Assert.InRange(few, 1, BytesMax);
        Assert.Equal(few, many);
    }

    private static long BytesOfOneReading(StateLab lab, SourceChoice source, long sockets) => lab.Run(() =>
    {
        using var reader = new StateReader(TimeProvider.System, source);
        Assert.Equal(sockets, reader.Read().Counts.Sum.Total);
        reader.Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Readings; i++)
            reader.Read();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Readings;
    });
}
