using System.Globalization;

namespace TcpLens.BinaryTests.Soak;

/// <summary>How long and how much, from the environment: <c>TCPLENS_SOAK_SECONDS=3600 ./dev soak</c>.</summary>
internal static class SoakSettings
{
    /// <summary>A test can end this much later than its load and its duration need.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    /// <summary>Sockets of the great load, 20 to 2,000,000. A million take 3 GiB.</summary>
    public static int Sockets => Number("TCPLENS_SOAK_SOCKETS", 1_000_000);

    /// <summary>Seconds of the long run.</summary>
    public static int Seconds => Number("TCPLENS_SOAK_SECONDS", 300);

    /// <summary>How often a program is killed.</summary>
    public static int Kills => Number("TCPLENS_SOAK_KILLS", 200);

    /// <summary>Runs of <c>zabbix get</c>.</summary>
    public static int Runs => Number("TCPLENS_SOAK_RUNS", 2000);

    /// <summary>Only <c>./dev soak</c> runs these tests; they need root.</summary>
    public static void Require()
    {
        TestKit.Require.That(Environment.GetEnvironmentVariable("TCPLENS_SOAK") == "1", "a test of ./dev soak");
        TestKit.Require.Root();
    }

    private static int Number(string variable, int standard) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : standard;
}
