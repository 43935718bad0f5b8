using System.Net;
using TcpLens.Commands;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using TcpLens.Zabbix.Api;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>How the API of each version is spoken to, and what is said when it does not answer.</summary>
public sealed class ApiCalls
{
    private static readonly Uri Frontend = new("https://zabbix.example/zabbix/");

    [Theory]
    [InlineData("6.0.14", "secret", null)]
    [InlineData("6.2.9", "secret", null)]
    [InlineData("6.4.0", null, "Bearer secret")]
    [InlineData("7.0.22", null, "Bearer secret")]
    [InlineData("7.4.0beta1", null, "Bearer secret")]
    public void The_token_travels_where_the_version_wants_it_and_never_with_the_question_for_the_version(string version, string? inBody, string? inHeader)
    {
        using var frontend = new FakeFrontend(version);
        using var api = ZabbixApi.Connect(Frontend, "secret", frontend);
        api.Call("host.get", json => json.WriteRawValue("{}"));
        Assert.Equal(["apiinfo.version", "host.get"], [.. frontend.Calls.Select(call => call.Method)]);
        Assert.Equal((null, null), (frontend.Calls[0].BodyToken, frontend.Calls[0].HeaderToken));
        Assert.Equal((inBody, inHeader), (frontend.Calls[1].BodyToken, frontend.Calls[1].HeaderToken));
    }

    [Theory]
    [InlineData("http://zabbix.example", "http://zabbix.example/api_jsonrpc.php")]
    [InlineData("http://zabbix.example/", "http://zabbix.example/api_jsonrpc.php")]
    [InlineData("http://zabbix.example/zabbix", "http://zabbix.example/zabbix/api_jsonrpc.php")]
    [InlineData("http://zabbix.example/zabbix/zabbix.php?action=dashboard.view", "http://zabbix.example/zabbix/api_jsonrpc.php")]
    [InlineData("http://zabbix.example/zabbix/api_jsonrpc.php", "http://zabbix.example/zabbix/api_jsonrpc.php")]
    public void The_address_in_the_browser_is_good_enough(string address, string page)
    {
        using var frontend = new FakeFrontend("7.0.0");
        using var api = ZabbixApi.Connect(new Uri(address), "secret", frontend);
        Assert.Equal(page, frontend.Calls[0].Url);
    }

    [Theory]
    [InlineData("Session terminated, re-login, please.", ApiTrouble.TokenRejected)]
    [InlineData("Not authorized.", ApiTrouble.TokenRejected)]
    [InlineData("API token expired.", ApiTrouble.TokenRejected)]
    [InlineData("No permissions to referred object or it does not exist!", ApiTrouble.NoPermission)]
    [InlineData("Cannot read YAML: Invalid YAML file contents.", ApiTrouble.Refused)]
    public void A_refusal_is_told_from_its_words(string words, ApiTrouble trouble)
    {
        using var frontend = new FakeFrontend("7.0.0") { Results = { ["host.get"] = "error " + words } };
        using var api = ZabbixApi.Connect(Frontend, "secret", frontend);
        var failure = Assert.Throws<ZabbixApiException>(() => api.Call("host.get", json => json.WriteRawValue("{}")));
        Assert.Equal((trouble, words.TrimEnd('.')), (failure.Trouble, failure.Detail));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>", null, "HTTP 200")]
    [InlineData(HttpStatusCode.OK, "[]", null, "HTTP 200")]
    [InlineData(HttpStatusCode.OK, "{}", null, "HTTP 200")]
    [InlineData(HttpStatusCode.OK, """{"result":"nothing"}""", null, "nothing")]
    [InlineData(HttpStatusCode.NotFound, "", null, "HTTP 404")]
    [InlineData(HttpStatusCode.MovedPermanently, "", "https://elsewhere.example/", "HTTP 301 to https://elsewhere.example/")]
    public void What_is_no_Zabbix_is_not_taken_for_one(HttpStatusCode status, string text, string? location, string detail)
    {
        using var frontend = new FakeFrontend("7.0.0") { Instead = (status, text, location) };
        var failure = Assert.Throws<ZabbixApiException>(() => ZabbixApi.Connect(Frontend, "secret", frontend));
        Assert.Equal((ApiTrouble.NotZabbix, detail), (failure.Trouble, failure.Detail));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_trouble_has_its_remedy(Language language)
    {
        var lines = Enum.GetValues<ApiTrouble>().Select(trouble => ApiTroubleText.Of(new ZabbixApiException("host.get", trouble, "DETAIL"), Frontend).In(language));
        Golden.Match($"api-troubles.{language}", string.Join('\n', lines) + "\n");
    }
}
