using TcpLens.Core.Explain;
using Xunit;

namespace TcpLens.UnitTests.Explain;

public sealed class PatienceTests
{
    [Theory]
    [InlineData(6, 0, 127)]
    [InlineData(6, 4, 131)]
    [InlineData(5, 0, 63)]
    [InlineData(2, 4, 11)]
    [InlineData(0, 0, 1)]
    [InlineData(8, 0, 367)]
    public void Connect_gives_up_after_the_linear_and_the_doubling_pauses(int synRetries, int linear, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Patience.OfConnect(synRetries, linear, Patience.LongestPause));

    [Theory]
    [InlineData(5, 63)]
    [InlineData(2, 7)]
    [InlineData(0, 1)]
    public void A_half_open_request_ends_one_pause_after_its_last_SYN_ACK(int synAckRetries, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Patience.OfHalfOpen(synAckRetries, Patience.LongestPause));

    [Theory]
    [InlineData(15, 924.6)]
    [InlineData(9, 204.6)]
    [InlineData(8, 102.2)]
    [InlineData(3, 3)]
    public void Retransmission_lasts_as_the_kernel_documents_it(int retries, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Patience.OfRetransmission(retries, Patience.LongestPause));

    [Fact]
    public void Orphan_retries_of_zero_act_as_eight() =>
        Assert.Equal(Patience.OfOrphan(8, Patience.LongestPause), Patience.OfOrphan(0, Patience.LongestPause));

    [Fact]
    public void A_shorter_longest_pause_caps_the_doubling() =>
        Assert.Equal(TimeSpan.FromSeconds(0.2 + 0.4 + 0.8 + 1 + 1), Patience.OfRetransmission(4, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Keepalive_adds_its_probes_to_its_idle_time() => Assert.Equal(TimeSpan.FromSeconds(7875), Patience.OfKeepalive(7200, 75, 9));
}
