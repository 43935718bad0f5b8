using System.Globalization;
using System.Text.RegularExpressions;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>The largest resident memory of one whole run, by <c>bench/readers/measure.c</c>.</summary>
public sealed partial class PeakMemory
{
    /// <summary>About 13.8 MiB today (12 before the program spoke with Zabbix itself), most of it pages of the program's file and of the C library, which all processes share.</summary>
    private const long OneShotKibMax = 15 * 1024;

    private const long MoreForManySocketsKibMax = 1024;

    /// <summary>The list makes text of every socket, and the collector lets a part of it lie until its first turn.</summary>
    private const long MoreForLongListKibMax = 4096;

    [Theory]
    [InlineData("")]
    [InlineData("states --json")]
    [InlineData("zabbix get ESTABLISHED")]
    // Of all sockets it would be as long as the host happens to have them: that is the other test's.
    [InlineData("list state:listen")]
    public void One_reading_stays_small(string arguments) => Assert.InRange(OfOneRun(arguments), 1, OneShotKibMax);

    [Theory]
    [InlineData("states --json", MoreForManySocketsKibMax)]
    [InlineData("states --json --source proc", MoreForManySocketsKibMax)]
    [InlineData("zabbix get TIME_WAIT", MoreForManySocketsKibMax)]
    [InlineData("list", MoreForLongListKibMax)]
    public void Twenty_thousand_sockets_need_no_more_memory_than_ten(string arguments, long moreKib)
    {
        Require.Root();
        long few = OfOneRun(arguments, "tcplens lab established=10 --");
        long many = OfOneRun(arguments, "tcplens lab established=10000 time_wait=10000 --");
        TestContext.Current.TestOutputHelper!.WriteLine($"{few} KiB, {many} KiB");
        Assert.InRange(many, 1, few + moreKib);
    }

    /// <summary>KiB of <c>tcplens <paramref name="arguments"/></c>, started by the command <paramref name="around"/>.</summary>
    internal static long OfOneRun(string arguments, string around = "")
    {
        UserShell.Build("measure", RepositoryRoot.Of("bench", "readers", "measure.c"));
        var outcome = UserShell.Run($"{around} measure /dev/stdout /dev/null tcplens {arguments}", TimeSpan.FromMinutes(5));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var number = Resident().Match(outcome.Output);
        Assert.True(number.Success, outcome.Output);
        return long.Parse(number.Groups["kib"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("\"exit\":0,.*\"rss_kib\":(?<kib>[0-9]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Resident();
}
