using System.Text;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Sender;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Active;

public sealed class Messages
{
    private static readonly ActiveSettings s_settings = new("web1", new ServerCluster([new ZabbixAddress("server", 10051)]));

    [Fact]
    public void The_question_for_the_list_says_who_asks() =>
        Assert.Equal(
            """{"request":"active checks","host":"web1","version":"7.0.0","variant":2,"config_revision":3,"session":"abc"}""",
            Text(ActiveMessages.ListRequest(s_settings, "abc", 3)));

    [Fact]
    public void Metadata_interface_and_listener_are_told_when_they_are_known() =>
        Assert.Equal(
            """{"request":"active checks","host":"web1","version":"7.0.0","variant":2,"host_metadata":"linux","interface":"web1.example.com","ip":"192.0.2.1","port":10060,"config_revision":0,"session":"abc"}""",
            Text(ActiveMessages.ListRequest(s_settings with { HostMetadata = "linux", HostInterface = "web1.example.com", ListenAddress = "192.0.2.1", ListenPort = 10060 }, "abc", 0)));

    [Fact]
    public void Values_have_session_id_item_and_clock()
    {
        WaitingValue[] values = [new("abc", 8, new NewValue("50668", "1", true, 5, 6)), new("abc", 9, new NewValue("50669", "no", false, 7, 8))];
        Assert.Equal(
            """{"request":"agent data","host":"web1","version":"7.0.0","variant":2,"session":"abc","data":[{"id":8,"itemid":50668,"value":"1","clock":5,"ns":6},{"id":9,"itemid":50669,"value":"no","state":1,"clock":7,"ns":8}],"clock":2,"ns":0}""",
            Text(ActiveMessages.Data(s_settings, values, DateTimeOffset.UnixEpoch.AddSeconds(2))));
    }

    [Fact]
    public void A_heartbeat_says_when_the_next_comes() =>
        Assert.Equal("""{"request":"active check heartbeat","host":"web1","version":"7.0.0","variant":2,"heartbeat_freq":60}""", Text(ActiveMessages.Heartbeat(s_settings)));

    [Fact]
    public void The_list_of_a_new_server_has_a_revision_and_timeouts()
    {
        // As 7.0.22 answered.
        var answer = Parse("""{"response":"success","config_revision":239,"data":[{"key":"tick1","itemid":50668,"delay":"1s","lastlogsize":0,"mtime":0,"timeout":"3s"},{"key":"flex","itemid":50671,"delay":"0;2s/1-7,00:00-24:00;s/3","lastlogsize":0,"mtime":0}]}""");
        Assert.Equal(239UL, answer.Revision);
        Assert.Equal([new ActiveItem(50668, "tick1", "1s", TimeSpan.FromSeconds(3)), new ActiveItem(50671, "flex", "0;2s/1-7,00:00-24:00;s/3", null)], answer.Items!.Value);
    }

    [Fact]
    public void The_list_of_an_old_server_has_none()
    {
        // As 6.0.14 answered.
        var answer = Parse("""{"response":"success","data":[{"key":"tick1","itemid":44518,"delay":"1s","lastlogsize":0,"mtime":0}]}""");
        Assert.Null(answer.Revision);
        Assert.Single(answer.Items!.Value);
    }

    [Fact]
    public void Nothing_new_is_no_empty_list()
    {
        Assert.Null(Parse("""{"response":"success"}""").Items);
        Assert.Empty(Parse("""{"response":"success","config_revision":1,"data":[]}""").Items!.Value);
    }

    [Fact]
    public void Items_that_lack_something_are_left_out() =>
        Assert.Equal([5UL], Parse("""{"response":"success","data":[1,{},{"itemid":-1,"key":"a","delay":"1s"},{"itemid":1,"delay":"1s"},{"itemid":2,"key":"a"},{"itemid":"5","key":"a","delay":10}]}""").Items!.Value.Select(item => item.Id));

    private static string Text(byte[] message) => Encoding.UTF8.GetString(message);

    private static ActiveChecksAnswer Parse(string text) => ActiveChecksAnswer.TryParse(Encoding.UTF8.GetBytes(text), out var answer) ? answer : throw new InvalidOperationException("no answer");
}
