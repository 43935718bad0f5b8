using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>Values that are collected while server and proxy are away: in the database at last, each once and in order. A class for each version, so that both run at once.</summary>
public abstract class NothingLost(Servers servers, string version)
{
    [Fact]
    public Task Over_a_short_outage_every_value_is_stored_once_and_in_order() => RunAsync(TimeSpan.FromSeconds(10));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Over_minutes_every_value_is_stored_once_and_in_order() => RunAsync(TimeSpan.FromMinutes(5));

    private async Task RunAsync(TimeSpan length)
    {
        await using var trial = new OutageTrial(ZabbixServer.ToStop(servers, version));
        string complaints = string.Join('\n', trial.Run(length));
        Assert.True(complaints.Length == 0, complaints);
    }
}
