using CsCheck;
using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class ClientOffers
{
    private static readonly byte[] KeyHello = Hello([0xC0, 0x37], []);

    [Fact]
    public void Suites_and_the_extension_of_pre_shared_keys_are_recognized()
    {
        Assert.True(IsPsk(KeyHello));
        Assert.True(IsPsk(Hello([0x13, 0x01], [0, 43, 0, 1, 9, 0, 41, 0, 2, 1, 2])));
        Assert.False(IsPsk(Hello([0x13, 0x01, 0xC0, 0x2F], [0, 43, 0, 1, 9])));
        Assert.False(IsPsk(Hello([0xC0, 0x2F], [])));
    }

    [Fact]
    public void A_hello_that_is_cut_asks_for_what_is_missing()
    {
        for (int length = 0; length < KeyHello.Length; length++)
        {
            Assert.False(ClientOffer.TryParse(KeyHello.AsSpan(0, length), out _, out int bytesNeeded));
            Assert.Equal(length < 9 ? 9 : KeyHello.Length, bytesNeeded);
        }
    }

    [Fact]
    public void Lengths_that_lead_out_of_the_message_make_it_none()
    {
        Assert.False(ClientOffer.TryParse(Hello([0x13, 0x01], [0, 41, 0, 3, 1, 2]), out _, out int bytesNeeded));
        Assert.Equal(0, bytesNeeded);
    }

    [Fact]
    public void Any_bytes_are_survived() =>
        Gen.Select(Gen.Int[0, KeyHello.Length - 1], Gen.Byte, Gen.Byte.Array[0, 80]).Sample((at, value, tail) =>
        {
            byte[] bytes = [.. KeyHello, .. tail];
            bytes[at] = value;
            bool isHello = ClientOffer.TryParse(bytes, out _, out int bytesNeeded);
            Assert.True(!isHello || bytesNeeded == 0);
            Assert.True(bytesNeeded == 0 || bytesNeeded > bytes.Length);
        });

    private static bool IsPsk(byte[] hello)
    {
        Assert.True(ClientOffer.TryParse(hello, out bool isPsk, out _));
        return isPsk;
    }

    private static byte[] Hello(byte[] suites, byte[] extensions)
    {
        byte[] body = [3, 3, .. new byte[32], 0, 0, (byte)suites.Length, .. suites, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }
}
