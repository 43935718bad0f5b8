using TcpLens.Core.Monitoring;

namespace TcpLens.Configuration;

/// <summary>Who is told when a finding opens and closes: section <c>[alerts]</c>.</summary>
internal sealed record AlertSettings
{
    /// <summary>The address that gets a document by POST; empty for none.</summary>
    public string Webhook { get; init; } = "";

    /// <summary>The program that is started with the document on its standard input; empty for none.</summary>
    public string Command { get; init; } = "";

    /// <summary>Findings that never were as bad are not told.</summary>
    public Severity Severity { get; init; } = Severity.Warning;

    /// <summary>How long an answer or the program may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
