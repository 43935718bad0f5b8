using CsCheck;
using TcpLens.UnitTests.Counters;
using TcpLens.Zabbix.AgentConfiguration;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

public sealed class AgentSettingsReading : IDisposable
{
    private const string Main = "/etc/zabbix/main.conf";

    private readonly AgentTree _tree = new();

    public AgentSettingsReading() => _tree.MakeDirectory("/etc/zabbix");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Parameters_of_all_included_files_are_read_with_their_places()
    {
        _tree.Write(Main, "# comment\r\n\n  Timeout = 7 \nInclude=/etc/zabbix/a.d/*.conf\nUserParameter=one,echo 1\n")
            .Write("/etc/zabbix/a.d/b.conf", "UserParameter=two[*],echo $1, $2\nTimeout=9\nInclude=/etc/zabbix/single\n")
            .Write("/etc/zabbix/a.d/c.txt", "UserParameter=never,echo\n")
            .Write("/etc/zabbix/single", "UserParameter=three[a,b] , echo 3\n");
        var settings = Read(AgentProgram.Agentd);
        Assert.Empty(settings.Problems);
        Assert.Equal(9, settings.TimeoutSeconds);
        Assert.Equal([Main, "/etc/zabbix/a.d/b.conf", "/etc/zabbix/single"], settings.Files);
        Assert.Equal(
            [new("/etc/zabbix/a.d/b.conf", 1, "two[*]", "echo $1, $2"), new("/etc/zabbix/single", 1, "three[a,b]", "echo 3"), new UserParameter(Main, 5, "one", "echo 1")],
            settings.UserParameters);
    }

    [Theory]
    [InlineData("/etc/zabbix/d", "/etc/zabbix/d", "*", true)]
    [InlineData("/etc/zabbix/d/", "/etc/zabbix/d", "*", true)]
    [InlineData("/etc/zabbix/d/*.conf", "/etc/zabbix/d", "*.conf", true)]
    [InlineData("/etc/zabbix/d/tcp*", "/etc/zabbix/d", "tcp*", true)]
    [InlineData("/etc/zabbix/d/*.userparams", "/etc/zabbix/d", "*.userparams", false)]
    public void An_include_line_tells_the_directory_and_what_it_takes_in(string value, string directory, string pattern, bool takesOurs)
    {
        _tree.Write(Main, $"Include={value}\n").MakeDirectory("/etc/zabbix/d");
        foreach (var program in AgentProgram.All)
        {
            var place = Assert.Single(Read(program).Includes);
            Assert.Equal((directory, pattern, takesOurs), (place.Directory, place.Pattern, place.Matches(DropIn.FileName)));
        }
    }

    [Fact]
    public void A_relative_path_starts_at_the_file_for_agent_2_and_at_the_working_directory_for_the_classic_agent()
    {
        _tree.Write(Main, "Include=./d/*.conf\n").MakeDirectory("/etc/zabbix/d").MakeDirectory("/srv/d");
        Assert.Equal("/etc/zabbix/d", Assert.Single(Read(AgentProgram.Agent2).Includes).Directory);
        Assert.Equal("/srv/d", Assert.Single(new AgentSettingsReader(AgentProgram.Agentd, _tree.Root, "/srv").Read(Main).Includes).Directory);
        Assert.Equal(ConfigurationFault.IncludeMissing, Assert.Single(Read(AgentProgram.Agentd).Problems).Fault);
    }

    [Theory]
    [InlineData("Include=", ConfigurationFault.IncludeMissing)]
    [InlineData("Include=a\0b", ConfigurationFault.IncludeMissing)]
    [InlineData("Include=/etc/zabbix/none", ConfigurationFault.IncludeMissing)]
    [InlineData("Include=/etc/zabbix/none/*.conf", ConfigurationFault.IncludeMissing)]
    [InlineData("Include=/etc/*/a.conf", ConfigurationFault.IncludePattern)]
    [InlineData("Include=*.conf", ConfigurationFault.IncludePattern)]
    [InlineData("Include=/etc/zabbix/main.conf", ConfigurationFault.IncludeDepth)]
    [InlineData("Timeout", ConfigurationFault.LineForm)]
    [InlineData("\ufffd\ud800", ConfigurationFault.LineForm)]
    public void What_stops_the_agents_is_told_with_its_place(string line, ConfigurationFault fault)
    {
        _tree.Write(Main, $"Server=127.0.0.1\n{line}\n");
        var problem = Read(AgentProgram.Agentd).Problems[0];
        Assert.Equal((fault, Main, 2), (problem.Fault, problem.File, problem.Line));
    }

    [Fact]
    public void A_line_that_is_too_long_or_not_text_and_a_file_that_is_missing_are_told()
    {
        _tree.Write(Main, $"Server={new string('x', 2100)}\n");
        Assert.Equal(ConfigurationFault.LineLength, Assert.Single(Read(AgentProgram.Agent2).Problems).Fault);
        File.WriteAllBytes(_tree.At(Main), [(byte)'A', (byte)'=', 0xff, (byte)'\n']);
        Assert.Equal(ConfigurationFault.LineEncoding, Assert.Single(Read(AgentProgram.Agent2).Problems).Fault);
        File.Delete(_tree.At(Main));
        Assert.Equal(ConfigurationFault.Unreadable, Assert.Single(Read(AgentProgram.Agent2).Problems).Fault);
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Mutated.Of("Include=./d/*.conf\nInclude=/etc\nUserParameter=a[*],echo $1\nTimeout=3\n").Sample(
            bytes =>
            {
                File.WriteAllBytes(_tree.At(Main), bytes);
                foreach (var program in AgentProgram.All)
                    _ = Read(program).UserParameters.Count();
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void A_device_and_a_file_that_is_no_configuration_by_its_size_end_the_reading()
    {
        _tree.Write(Main, "Include=/etc/zabbix/zero\n");
        File.CreateSymbolicLink(_tree.At("/etc/zabbix/zero"), "/dev/zero");
        Assert.Equal(ConfigurationFault.LineLength, Assert.Single(Read(AgentProgram.Agentd).Problems).Fault);
    }

    [Fact]
    public void The_first_directory_of_the_main_file_that_is_not_for_plugins_is_chosen()
    {
        _tree.WithDebianAgent2();
        var plan = Plan(AgentProgram.Agent2);
        Assert.Equal((DropInState.Missing, "/etc/zabbix/zabbix_agent2.d/tcplens.conf"), (plan.State, plan.Path));

        _tree.WithDebianAgentd();
        Assert.Equal("/etc/zabbix/zabbix_agentd.conf.d/tcplens.conf", Plan(AgentProgram.Agentd).Path);
    }

    [Fact]
    public void A_foreign_file_of_our_name_is_known_as_one()
    {
        _tree.WithDebianAgentd().Write("/etc/zabbix/zabbix_agentd.conf.d/tcplens.conf", "UserParameter=mine,echo\n");
        Assert.Equal(DropInState.Foreign, Plan(AgentProgram.Agentd).State);
        Assert.Empty(DropInPlan.Present(new AgentSettingsReader(AgentProgram.Agentd, _tree.Root).Read(AgentProgram.Agentd.UsualConfigurations[0]), Text));
    }

    [Fact]
    public void Keys_that_stand_elsewhere_collide_whatever_their_brackets_and_can_be_left_out()
    {
        _tree.WithDebianAgentd().Write("/etc/zabbix/zabbix_agentd.conf.d/old.conf", "UserParameter=LISTEN,netstat\nUserParameter=state[*],x $1\nUserParameter=other,y\n");
        Assert.Equal("LISTEN state[*]", string.Join(' ', Plan(AgentProgram.Agentd).Collisions.Select(one => one.Key)));
        var lenient = Plan(AgentProgram.Agentd, skipExisting: true);
        Assert.Equal((1, DropIn.Text([("CLOSE", "c")])), (lenient.KeyCount, lenient.Text));
    }

    [Theory]
    [InlineData("LISTEN                                        [t|7]\n", "7", true)]
    [InlineData("LISTEN                                        [s|7]", "7", true)]
    [InlineData("LISTEN     [s|7\nx]\n", "7\nx", true)]
    [InlineData("2026/11/22 starting\nLISTEN     [u|0]\n", "0", true)]
    [InlineData("LISTEN     [m|ZBX_NOTSUPPORTED] [Unsupported item key.]\n", "Unsupported item key.", false)]
    [InlineData("LISTEN     [s|ZBX_NOTSUPPORTED\0why]\n", "why", false)]
    public void What_an_agent_prints_for_a_key_is_understood(string output, string value, bool supported)
    {
        Assert.True(TestedItem.TryParse(output, "LISTEN", out var item));
        Assert.Equal(new TestedItem(value, supported), item);
    }

    [Theory]
    [InlineData("")]
    [InlineData("LISTEN [")]
    [InlineData("zabbix_agentd [1]: ERROR: LISTEN")]
    public void What_is_no_answer_is_not_taken_for_one(string output) => Assert.False(TestedItem.TryParse(output, "LISTEN", out _));

    private AgentSettings Read(AgentProgram program) => new AgentSettingsReader(program, _tree.Root).Read(Main);

    private DropInPlan Plan(AgentProgram program, bool skipExisting = false) => DropInPlan.Make(
        new AgentSettingsReader(program, _tree.Root).Read(program.UsualConfigurations[0]), [("LISTEN", "a"), ("state[*]", "b"), ("CLOSE", "c")], skipExisting, Text);

    private string? Text(string path) => File.Exists(_tree.At(path)) ? File.ReadAllText(_tree.At(path)) : null;
}
