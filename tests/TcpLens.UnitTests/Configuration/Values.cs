using CsCheck;
using TcpLens.Configuration;
using TcpLens.Core.Text;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary>Values are read back as they were written, and nothing else is taken for one.</summary>
public sealed class Values
{
    private static readonly Gen<string> s_nearly = Gen.OneOf(Gen.String, Gen.Char["0123456789mshdwyKMGTiB.-+ :[]*%"].Array[0, 16].Select(characters => new string(characters)));

    [Fact]
    public void A_duration_is_read_back_as_it_was_written() =>
        Gen.Select(Gen.Long[0, 999], Gen.OneOf("ms", "s", "m", "h", "d", "w", "y")).Sample((number, unit) =>
            Duration.TryParse(number + unit, out var duration) && Duration.TryParse(duration.ToString(), out var again) && again == duration && Duration.Of(duration.Time) == duration);

    [Fact]
    public void A_size_is_read_back_as_it_was_written() =>
        Gen.Select(Gen.Long[0, 1024], Gen.OneOf("B", "KiB", "MiB", "GiB", "TiB")).Sample((number, unit) =>
            ByteSize.TryParse(number + unit, out var size) && ByteSize.TryParse(size.ToString(), out var again) && again == size);

    [Fact]
    public void An_address_is_read_back_as_it_was_written() =>
        Gen.Select(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.Int[0, 2], Gen.UShort).Sample((four, six, kind, port) =>
        {
            var listen = new ListenAddress(kind == 0 ? null : new System.Net.IPAddress(kind == 1 ? four : six), port);
            return ListenAddress.TryParse(listen.ToString(), out var again) && again == listen;
        });

    [Fact]
    public void Any_text_is_read_or_refused() =>
        s_nearly.Sample(text =>
            (!Duration.TryParse(text, out var duration) || (Duration.TryParse(duration.ToString(), out var sameTime) && sameTime == duration))
            && (!ByteSize.TryParse(text, out var size) || (ByteSize.TryParse(size.ToString(), out var sameSize) && sameSize == size))
            && (!ListenAddress.TryParse(text, out var listen) || (ListenAddress.TryParse(listen!.ToString(), out var samePlace) && samePlace == listen)));

    [Theory]
    [InlineData("1y", "1y", 365L * 86_400_000)]
    [InlineData("35d", "35d", 35L * 86_400_000)]
    [InlineData("5w", "35d", 35L * 86_400_000)]
    [InlineData("24h", "1d", 86_400_000)]
    [InlineData("90m", "90m", 5_400_000)]
    [InlineData("1500ms", "1500ms", 1500)]
    [InlineData("0ms", "0s", 0)]
    [InlineData("1000y", "1000y", 1000L * 365 * 86_400_000)]
    public void A_duration_is_written_in_the_longest_unit(string text, string written, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal((written, milliseconds), (duration.ToString(), duration.Milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1.5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("1h30m")]
    [InlineData("1001y")]
    [InlineData("99999999999999999999s")]
    [InlineData("９s")]
    public void Other_text_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("256MB")]
    [InlineData("256M")]
    [InlineData("1.5GiB")]
    [InlineData("-1B")]
    [InlineData("1025TiB")]
    [InlineData("9223372036854775807TiB")]
    public void Other_text_is_no_size(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("localhost:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("127.1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("::1:80")]
    [InlineData("[fe80::1%eth0]:80")]
    [InlineData("[]:80")]
    [InlineData(":80")]
    [InlineData("80")]
    [InlineData("**:80")]
    public void Other_text_is_no_address_to_listen_on(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1:80", true)]
    [InlineData("127.9.9.9:80", true)]
    [InlineData("[::1]:0", true)]
    [InlineData("[::ffff:127.0.0.1]:80", true)]
    [InlineData("0.0.0.0:80", false)]
    [InlineData("[::]:80", false)]
    [InlineData("*:80", false)]
    [InlineData("192.0.2.1:80", false)]
    public void Loopback_is_what_only_this_host_reaches(string text, bool expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var listen));
        Assert.Equal(expected, listen!.IsLoopback);
    }

    [Fact]
    public void Any_settings_are_the_same_after_they_were_written_as_a_file() =>
        Gen.Bool.Array[SettingTable.All.Length].Sample(changed =>
        {
            // A key goes with its certificate, and a protection with all that it needs.
            bool IsChanged(SettingDefinition setting) => changed[SettingTable.All.IndexOf(setting switch
            {
                { Section: "web", Key: "key_file" } => SettingTable.Find("web", "certificate_file"),
                { Section: "zabbix_tls" } => SettingTable.Find("zabbix_tls", "connect"),
                _ => setting,
            })];
            var lines = SettingTable.All.Where(IsChanged).Select(setting => $"{setting.Section}.{setting.Key} = {setting.Example}\n");
            var loaded = Loading.Good(string.Concat(lines));
            // What may be a secret is shown in part.
            return Settings.Differences(loaded.Settings, Loading.Good(EffectiveFile.Render(loaded, Language.Chinese)).Settings).All(one => one.Setting.Name == "[alerts] webhook");
        });
}
