using System.Text.Json;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Soak;

/// <summary>The load of the comparison at its largest: every state, both families, and the count known exactly.</summary>
[Trait("Category", "Soak")]
[Collection("one after the other")]
public sealed class MillionSockets
{
    private const long MoreForManySocketsKibMax = 1024;

    /// <summary>The list makes text of every socket: what the collector lets lie is bounded, however long the list is. 14.5 MiB of it are any short command's.</summary>
    private const long ListKibMax = 19 * 1024;

    /// <summary>The kernel's types, read once, and the memory that is shared with the programs in the kernel.</summary>
    private const long MoreForBpfKibMax = 8 * 1024;

    [Fact]
    public void All_sources_count_every_state_exactly_and_stay_small()
    {
        SoakSettings.Require();
        string few = Readings(1000), many = Readings(SoakSettings.Sockets);
        foreach (string source in new[] { "bpf", "netlink", "proc" })
        {
            long small = AssertExact(few, source), large = AssertExact(many, source);
            TestContext.Current.TestOutputHelper!.WriteLine($"{source}: 1000 sockets {small} KiB, {SoakSettings.Sockets} sockets {large} KiB");
            Assert.InRange(large, 1, small + MoreForManySocketsKibMax);
        }

        long list = Resident(many, "list-netlink"), listByBpf = Resident(many, "list-bpf");
        TestContext.Current.TestOutputHelper!.WriteLine($"list: {list} KiB, by bpf {listByBpf} KiB; {File.ReadAllText(Path.Combine(many, "sum-bpf")).Trim()}");
        Assert.InRange(list, 1, ListKibMax);
        Assert.InRange(listByBpf, 1, ListKibMax + MoreForBpfKibMax);
        Assert.Equal(File.ReadAllText(Path.Combine(many, "sum-netlink")), File.ReadAllText(Path.Combine(many, "sum-bpf")));
    }

    /// <summary>Leaves in a directory: the census of the load, what each source has read, and what each run took.</summary>
    private static string Readings(int sockets)
    {
        UserShell.Build("measure", RepositoryRoot.Of("bench", "readers", "measure.c"));
        UserShell.Build("tcp-load", Directory.GetFiles(RepositoryRoot.Of("bench", "load"), "*.c"));
        string directory = Directory.CreateDirectory(Path.Combine(UserShell.Directory, $"load-{sockets}")).FullName;
        var outcome = UserShell.Run(
            $$"""
            cd {{directory}} && tcp-load --census census {{sockets}} -- sh -c '
                measure bpf-run bpf tcplens states --json --source bpf
                measure netlink-run netlink tcplens states --json --source netlink
                measure proc-run proc tcplens states --json --source proc
                for source in netlink bpf; do
                    measure list-$source-run list tcplens list --source $source
                    # Those that do not age while the lists are made.
                    grep -E "^(LISTEN|ESTABLISHED|CLOSE_WAIT) " list | tr -s " " | cut -d " " -f 1-5 | sort | cksum >sum-$source
                    rm list
                done'
            """,
            SoakSettings.Slack);
        Assert.Equal(new BinaryOutcome(0, "", ""), outcome);
        return directory;
    }

    private static long AssertExact(string directory, string source)
    {
        using var census = Json(directory, "census");
        using var reading = Json(directory, source);
        Assert.Equal("complete", reading.RootElement.GetProperty("completeness").GetString());
        var states = reading.RootElement.GetProperty("states");
        foreach (var state in census.RootElement.GetProperty("states").EnumerateObject())
        {
            var read = states.GetProperty(state.Name);
            if (state.Name == "close" && (source == "proc" || read.ValueKind == JsonValueKind.Null))
                Assert.Equal(JsonValueKind.Null, read.ValueKind);
            else
                Assert.Equal((state.Name, Number(state.Value, "ipv4"), Number(state.Value, "ipv6")), (state.Name, Number(read, "ipv4"), Number(read, "ipv6")));
        }

        return Resident(directory, source);
    }

    private static long Resident(string directory, string run)
    {
        using var measured = Json(directory, run + "-run");
        Assert.Equal(0, Number(measured.RootElement, "exit"));
        return Number(measured.RootElement, "rss_kib");
    }

    private static long Number(JsonElement parent, string name) => parent.GetProperty(name).GetInt64();

    private static JsonDocument Json(string directory, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, file)));
}
