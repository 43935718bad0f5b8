using System.Security.Cryptography.X509Certificates;
using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class DistinguishedNames
{
    [Theory]
    [InlineData("CN=zabbix server, OU=Monitoring, O=Ours, C=CN", "CN=zabbix server,OU=Monitoring,O=Ours,C=CN")]
    [InlineData("DC=example, DC=com", "DC=example,DC=com")]
    [InlineData("CN=监控", "CN=监控")]
    public void A_name_is_written_as_zabbix_shows_it(string given, string shown) => Assert.Equal(shown, DistinguishedName.Format(new X500DistinguishedName(given).RawData));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" both edges ", "\\ both edges\\ ")]
    [InlineData("#first", "\\#first")]
    [InlineData("a#b", "a#b")]
    [InlineData("a,b+c\"d\\e<f>g;h", "a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h")]
    [InlineData("two\nlines", "two\\0Alines")]
    [InlineData(" ", "\\ ")]
    public void Special_characters_are_escaped_as_the_standard_says(string value, string escaped)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(value);
        Assert.Equal("CN=" + escaped, DistinguishedName.Format(builder.Build().RawData));
    }

    [Fact]
    public void The_form_of_either_library_matches()
    {
        byte[] encoded = new X500DistinguishedName("E=root@example.com, CN=zabbix").RawData;
        Assert.Equal("EMAIL=root@example.com,CN=zabbix", DistinguishedName.Format(encoded));
        foreach (string form in new[] { "EMAIL=root@example.com,CN=zabbix", "emailAddress=root@example.com,CN=zabbix" })
            Assert.True(DistinguishedName.Matches(encoded, form), form);
        Assert.False(DistinguishedName.Matches(encoded, "CN=zabbix"));
    }

    [Fact]
    public void A_part_that_nobody_knows_is_written_by_number()
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.Add("1.2.3.4.5", "abc");
        Assert.Equal("1.2.3.4.5=#0C03616263", DistinguishedName.Format(builder.Build().RawData));
    }

    [Fact]
    public void Several_values_of_one_level_are_joined()
    {
        // SET { CN=a, OU=b }
        byte[] encoded = Convert.FromHexString("30163114300806035504030C01613008060355040B0C0162");
        Assert.Equal("CN=a+OU=b", DistinguishedName.Format(encoded));
        Assert.True(DistinguishedName.Matches(encoded, "OU=b+CN=a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30053103300100")]
    [InlineData("300631043002060A")]
    public void Bytes_that_are_no_name_match_nothing(string hex)
    {
        byte[] encoded = Convert.FromHexString(hex);
        Assert.Equal("(unreadable)", DistinguishedName.Format(encoded));
        Assert.False(DistinguishedName.Matches(encoded, ""));
    }
}
