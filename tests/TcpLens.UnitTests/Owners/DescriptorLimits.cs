using TcpLens.Linux.Owners;
using Xunit;

namespace TcpLens.UnitTests.Owners;

public sealed class DescriptorLimits
{
    private const string Head = "Limit                     Soft Limit           Hard Limit           Units     \nMax processes             95955                95955                processes \n";

    [Theory]
    [InlineData(Head + "Max open files            1024                 524288               files     \n", 1024L)]
    [InlineData("Max open files            1073741816           1073741816           files", 1_073_741_816L)]
    [InlineData("Max open files            unlimited            unlimited            files", null)]
    [InlineData("Max open files            0                    0                    files", null)]
    [InlineData("Max open files", null)]
    [InlineData(Head, null)]
    [InlineData("", null)]
    public void The_soft_limit_is_read(string limits, long? maximum) => Assert.Equal(maximum, DescriptorReader.ParseMaximum(System.Text.Encoding.ASCII.GetBytes(limits)));
}
