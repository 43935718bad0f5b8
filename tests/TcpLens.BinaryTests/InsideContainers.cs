using System.Text.Json;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>Where processes have other numbers than on the machine: the program inside a container, beside the service that it is to watch.</summary>
public sealed class InsideContainers
{
    private const string Service = """
        perl -MIO::Socket::INET -e '$^F = 2; my $l = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => 8080) or die "$!"; exit system("tcplens", "list", "--owners", "--json") >> 8'
        """;

    [Theory]
    [InlineData("exec", 1)]
    [InlineData("env", 3)]
    public void A_socket_belongs_to_the_process_with_the_number_that_the_container_sees(string start, int process)
    {
        Require.Root();
        UserShell.Need("perl", "perl");
        var outcome = UserShell.Run($"exec unshare --net --pid --fork --mount-proc sh -c 'ip link set lo up; {start} \"$@\"; exit $?' sh {Service}");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        using var said = JsonDocument.Parse(outcome.Output);
        var listener = said.RootElement.GetProperty("connections").EnumerateArray().Single();
        var owner = listener.GetProperty("owner");
        Assert.Equal((8080, "perl", process, "held"), (listener.GetProperty("local_port").GetInt32(), owner.GetProperty("process").GetString(), owner.GetProperty("pid").GetInt32(), owner.GetProperty("certainty").GetString()));
    }
}
