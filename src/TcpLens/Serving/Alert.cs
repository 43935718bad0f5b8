using TcpLens.Core.Diagnosis;

namespace TcpLens.Serving;

/// <summary>Something to be told: a finding that opened or closed, and on which host.</summary>
internal sealed record Alert(string HostName, DateTimeOffset At, FindingRecord Record)
{
    /// <summary><c>opened</c> or <c>closed</c>.</summary>
    public string Event => Record.Closed is null ? "opened" : "closed";
}
