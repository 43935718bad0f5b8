using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Wire;

public sealed class ValueTimes
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 100)]
    [InlineData(9_999_999, 999_999_900)]
    public void The_fraction_of_a_second_is_never_nought(long ticks, int nanoseconds) =>
        Assert.Equal(new ValueTime(1_795_392_536, nanoseconds), ValueTime.Of(DateTimeOffset.FromUnixTimeSeconds(1_795_392_536).AddTicks(ticks)));
}
