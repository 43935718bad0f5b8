using TcpLens.Core.Explain;
using TcpLens.Core.Text;
using Xunit;

namespace TcpLens.UnitTests.Explain;

public sealed class HostValuesTests
{
    [Fact]
    public void A_value_of_the_host_stands_in_for_its_placeholder() =>
        Assert.Equal("30 s", Filled("{tcp_fin_timeout} s", ("tcp_fin_timeout", "30\n")));

    [Fact]
    public void What_the_host_does_not_tell_is_called_the_default()
    {
        var filled = HostValues.Unknown.Fill(Phrase.Same("{tcp_fin_timeout}"));
        Assert.Equal("60 (default; not readable here)", filled.English);
        Assert.Equal("60（默认值，本机的值不可读）", filled.Chinese);
    }

    [Fact]
    public void A_setting_of_newer_kernels_that_is_missing_alone_is_said_not_to_exist()
    {
        Assert.Equal("0 (this kernel has no such setting) 127", Filled("{tcp_syn_linear_timeouts} {syn_sent_seconds}", ("tcp_syn_retries", "6")));
        Assert.Equal("131", Filled("{syn_sent_seconds}"));
    }

    [Theory]
    [InlineData("tcp_syn_retries", "3", "syn_sent_seconds", "15")]
    [InlineData("tcp_synack_retries", "3", "syn_recv_seconds", "15")]
    [InlineData("tcp_orphan_retries", "0", "orphan_seconds", "102.2")]
    [InlineData("tcp_orphan_retries", "1", "orphan_seconds", "0.6")]
    [InlineData("tcp_retries2", "8", "retries2_seconds", "102.2")]
    [InlineData("tcp_keepalive_time", "600", "keepalive_seconds", "1275")]
    [InlineData("ip_local_port_range", "32768\t60999", "ports", "28,232")]
    [InlineData("ip_local_port_range", "32768\t60999", "ports_per_second", "470")]
    [InlineData("ip_local_port_range", "1024\t65535", "ports", "64,512")]
    public void Times_and_capacities_follow_from_the_settings(string key, string value, string placeholder, string expected) =>
        Assert.Equal(expected, Filled($"{{{placeholder}}}", (key, value)));

    [Theory]
    [InlineData("tcp_syn_retries", "many")]
    [InlineData("tcp_syn_retries", "-1")]
    [InlineData("tcp_syn_retries", "99999999999999999999")]
    [InlineData("ip_local_port_range", "60999 32768")]
    [InlineData("ip_local_port_range", "1")]
    public void Values_that_make_no_sense_do_not_stop_the_page(string key, string value) =>
        Assert.NotEmpty(Filled("{syn_sent_seconds} {ports}", (key, value)));

    [Fact]
    public void A_placeholder_that_nothing_fills_is_a_mistake_in_the_text() =>
        Assert.Throws<FormatException>(() => HostValues.Unknown.Fill(Phrase.Same("{tcp_fin_timout}")));

    [Fact]
    public void Every_setting_names_its_file() =>
        Assert.All(KernelSettings.All, setting => Assert.StartsWith("/proc/sys/net/", setting.Path, StringComparison.Ordinal));

    private static string Filled(string text, params (string Key, string Value)[] host)
    {
        var values = HostValues.Read(setting => host.FirstOrDefault(pair => pair.Key == setting.Key).Value);
        return values.Fill(Phrase.Same(text)).English;
    }
}
