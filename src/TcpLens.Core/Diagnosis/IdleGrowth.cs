namespace TcpLens.Core.Diagnosis;

/// <summary>The same group of connections at three looks.</summary>
/// <param name="Span">Time between the first and the last.</param>
/// <param name="First">At the first look.</param>
/// <param name="Middle">Half-way.</param>
/// <param name="Last">At the last look.</param>
public readonly record struct IdleGrowth(TimeSpan Span, IdleGroup First, IdleGroup Middle, IdleGroup Last)
{
    /// <summary>Of all growth each half has to bring so much: a pool that was opened at once has grown once.</summary>
    private const int Part = 5;

    /// <summary>
    /// Whether silent connections become more because new ones are opened and none are closed. In a pool that comes to rest they become more as well, but all
    /// connections together do not.
    /// </summary>
    public bool IsLeak => Added > 0
        && Part * (Middle.Idle - First.Idle) >= Added && Part * (Last.Idle - Middle.Idle) >= Added
        && 2 * (Last.All - First.All) >= Added;

    /// <summary>Whether they still become more.</summary>
    public bool GoesOn => Last.Idle > Middle.Idle;

    /// <summary>How many silent connections have come to those of the first look.</summary>
    public int Added => Last.Idle - First.Idle;

    public double Factor => (double)Last.Idle / First.Idle;

    /// <summary>Silent connections that are added in an hour.</summary>
    public double PerHour => Added / Span.TotalHours;
}
