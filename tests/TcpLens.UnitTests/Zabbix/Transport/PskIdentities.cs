using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class PskIdentities : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(16, "")]
    [InlineData(32, "\n")]
    [InlineData(256, "\r\n")]
    public void A_key_file_holds_16_to_256_bytes_in_hexadecimal_and_perhaps_a_line_end(int length, string end)
    {
        byte[] key = Enumerable.Range(0, length).Select(value => (byte)value).ToArray();
        Write(Convert.ToHexStringLower(key) + end);
        Assert.Equal(key, PskIdentity.FromFile("web 1", path).CopyKey());
        Write(Convert.ToHexString(key) + end);
        Assert.Equal(key, PskIdentity.FromFile("web 1", path).CopyKey());
    }

    [Theory]
    [InlineData("", PskFault.KeyLength)]
    [InlineData("000102030405060708090a0b0c0d0e", PskFault.KeyLength)]
    [InlineData("000102030405060708090a0b0c0d0e0", PskFault.KeyLength)]
    [InlineData("000102030405060708090a0b0c0d0e0f1", PskFault.KeyDigits)]
    [InlineData("000102030405060708090a0b0c0d0e0g", PskFault.KeyDigits)]
    [InlineData(" 000102030405060708090a0b0c0d0e0f", PskFault.KeyDigits)]
    [InlineData("000102030405060708090a0b0c0d0e0f\n\n", PskFault.KeyDigits)]
    public void A_file_without_such_a_key_is_refused_and_not_quoted(string content, PskFault fault)
    {
        Write(content);
        var refusal = Assert.Throws<PskException>(() => PskIdentity.FromFile("web 1", path));
        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("00010203", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_file_is_refused_and_not_read_to_its_end()
    {
        Write(new string('a', (2 * PskIdentity.KeyBytesMax) + 1));
        Assert.Equal(PskFault.KeyLength, FaultOf("web 1", path));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_every_user_can_read_or_write_is_refused(UnixFileMode open)
    {
        Write("000102030405060708090a0b0c0d0e0f");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | open);
        Assert.Equal(PskFault.FileOpenToOthers, FaultOf("web 1", path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Equal("web 1", PskIdentity.FromFile("web 1", path).Name);
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_file_is_told_apart()
    {
        Assert.Equal(PskFault.FileMissing, FaultOf("web 1", path + ".none"));
        Assert.Equal(PskFault.FileMissing, FaultOf("web 1", ""));
        Assert.Equal(PskFault.FileUnreadable, FaultOf("web 1", Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("", PskFault.IdentityLength)]
    [InlineData("two\nlines", PskFault.IdentityText)]
    [InlineData("\ud800", PskFault.IdentityText)]
    public void A_name_is_text_that_fits_into_a_line(string name, PskFault fault) =>
        Assert.Equal(fault, Assert.Throws<PskException>(() => new PskIdentity(name, new byte[32])).Fault);

    [Fact]
    public void A_name_is_at_most_128_bytes_of_utf_8_long()
    {
        Assert.Equal(PskIdentity.IdentityBytesMax, new PskIdentity(new string('é', 64), new byte[32]).NameBytes.Length);
        Assert.Equal(PskFault.IdentityLength, Assert.Throws<PskException>(() => new PskIdentity(new string('é', 64) + "a", new byte[32])).Fault);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(257)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Equal(PskFault.KeyLength, Assert.Throws<PskException>(() => new PskIdentity("web 1", new byte[length])).Fault);

    [Fact]
    public void An_identity_shows_its_name_and_never_its_key() => Assert.Equal("web 1", new PskIdentity("web 1", new byte[32]).ToString());

    private static PskFault FaultOf(string name, string file) => Assert.Throws<PskException>(() => PskIdentity.FromFile(name, file)).Fault;

    private void Write(string content)
    {
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
