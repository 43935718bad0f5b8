using System.Text.Json;
using TcpLens.Commands;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.LocalSocket;
using TcpLens.Outputs.Zabbix;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Owners;
using TcpLens.UnitTests.Zabbix.Template;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>The services with the most sockets, as Zabbix gets them.</summary>
[Collection(CommandRun.Collection)]
public sealed class Services
{
    private static FakeKernel Kernel => new() { Sockets = SampleReadings.Sockets, Owners = FakeOwners.OfSamples };

    [Fact]
    public void The_document_reads_as_committed() =>
        Golden.Match("zabbix.services", CommandRun.Of(Kernel, "zabbix", "get", KeyNames.Services).Good());

    [Fact]
    public void The_monitors_report_answers_and_one_without_owners_does_not()
    {
        OwnerCensus owners = ((TcpLens.CommandLine.IKernel)Kernel).CountOwners();
        var report = SampleReports.WebServer with { Owners = owners };
        Assert.Contains("nginx.service", ZabbixKeys.Answer(KeyNames.Services, new ReportKernel(report), isRead: true).Text);
        Assert.Throws<NotSupportedException>(() => ZabbixKeys.Answer(KeyNames.Services, new ReportKernel(SampleReports.WebServer), isRead: true));
    }

    [Fact]
    public void A_name_can_end_neither_a_key_nor_a_path()
    {
        var owners = new FakeOwners { ByInode = { [1] = new Owner { Process = "a\"b\\c'd" }.Named() } };
        var kernel = new FakeKernel { Sockets = [new("host", new SocketRecord { State = TcpState.CloseWait, Inode = 1 })], Owners = owners };
        using var json = JsonDocument.Parse(CommandRun.Of(kernel, "zabbix", "get", KeyNames.Services).Good());
        Assert.Equal("a?b?c?d", json.RootElement.GetProperty("services")[0].GetProperty("service").GetString());
    }

    [Fact]
    public void Every_prototype_finds_its_number_in_the_document()
    {
        using var document = JsonDocument.Parse(CommandRun.Of(Kernel, "zabbix", "get", KeyNames.Services).Good());
        var service = document.RootElement.GetProperty("services")[0];
        string[] paths =
        [
            .. ParsedTemplate.Of(TemplateVariant.All.First()).Maps.Where(map => ParsedTemplate.Text(map, "type") == "JSONPATH")
                .Select(step => step["parameters"][0].ToString()).Where(path => path.StartsWith("$.services[?(@.service == \"{#SERVICE}\")].", StringComparison.Ordinal)),
        ];
        Assert.Equal(6, paths.Length);
        Assert.All(paths, path =>
        {
            var found = service;
            foreach (string name in path[(path.IndexOf(')', StringComparison.Ordinal) + 3)..].Split('.')[..^1])
                found = found.GetProperty(name);
            Assert.Equal(JsonValueKind.Number, found.ValueKind);
        });
    }
}
