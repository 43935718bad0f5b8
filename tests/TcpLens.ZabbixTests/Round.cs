namespace TcpLens.ZabbixTests;

/// <summary>Two readings of TcpLens in a row, each between two looks at the kernel by other means.</summary>
/// <param name="EarlierBefore">The look before the first reading.</param>
/// <param name="EarlierAfter">The look after it.</param>
/// <param name="Before">The look before the second reading.</param>
/// <param name="After">The look after it.</param>
/// <param name="Seconds">The time from reading to reading by the server's clock, over which it takes its rates.</param>
/// <param name="Patience">How long the second reading was waited for.</param>
internal sealed record Round(Snapshot EarlierBefore, Snapshot EarlierAfter, Snapshot Before, Snapshot After, double Seconds, TimeSpan Patience)
{
    /// <summary>The rate of a counter: exact where the kernel's number stood still around both readings. No value where the kernel lacks it.</summary>
    public Expectation Rate(string counter) => Before.Numbers.ContainsKey(counter)
        ? Expectation.Between(
            Math.Max(0, Before.Numbers[counter] - EarlierAfter.Numbers[counter]) / Seconds,
            (After.Numbers[counter] - EarlierBefore.Numbers[counter]) / Seconds)
        : Expectation.Absent;
}
