using System.Diagnostics;
using System.Net;
using TcpLens.Core.Diagnosis;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>A real nginx under load, in five shapes, judged each second by the shipped rules and marks: nothing is found. A minute in all, ten in the soak.</summary>
public sealed class BusyServers
{
    private static readonly TimeSpan s_time = Environment.GetEnvironmentVariable("TCPLENS_SOAK") == "1" ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData("127.0.0.1", 8080, false, false)]
    [InlineData("127.0.0.1", 8080, true, false)]
    [InlineData("127.0.0.1", 8081, true, false)]
    [InlineData("127.0.0.1", 8443, true, true)]
    [InlineData("::1", 8080, true, false)]
    public void A_busy_server_that_is_well_gives_no_finding(string address, int port, bool isShort, bool isEncrypted)
    {
        Require.Root();
        using var ward = new Ward(null);
        using var nginx = new Nginx(ward);
        using var load = new Load(ward, new IPEndPoint(IPAddress.Parse(address), port), isShort, isEncrypted, clients: 4);
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < s_time)
        {
            var health = ward.Look();
            Assert.Empty(health.Open.Select(one => one.Finding.Sentence.English));
            Assert.Empty(health.Checks.Where(check => check.Result == CheckResult.Found).Select(check => $"{check.Rule}: {check.Told}"));
            Thread.Sleep(1000);
        }

        Assert.Null(load.Failure);
        Assert.True(load.Answers > 10 * s_time.TotalSeconds, $"{load.Answers} answers in {s_time}");
    }
}
