using TcpLens.Core.Monitoring;

namespace TcpLens.Core.Diagnosis;

/// <summary>A finding with its life: when it opened, and when it closed.</summary>
/// <param name="Finding">As it was last seen.</param>
/// <param name="Opened">When the condition was first seen, by the wall clock.</param>
/// <param name="Closed">When it was gone; <see langword="null"/> while it is open.</param>
/// <param name="Worst">The highest severity that it had.</param>
public sealed record FindingRecord(Finding Finding, DateTimeOffset Opened, DateTimeOffset? Closed, Severity Worst);
