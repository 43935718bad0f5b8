using TcpLens.Core.Model;

namespace TcpLens.Core.Diagnosis;

/// <summary>The accepted ESTABLISHED connections at one listening port, or from one source address to one destination.</summary>
/// <param name="Destination">Where they go; <see langword="null"/> for those that came in at <paramref name="Port"/>.</param>
/// <param name="Port">The listening port; 0 for those that go out.</param>
/// <param name="All">How many there are.</param>
/// <param name="Idle">Of these, those that have been silent for the age asked for, and have no keepalive timer.</param>
/// <param name="Kept">Of these, those that have been silent for as long, with keepalive.</param>
/// <param name="Longest">For how long the one that has been silent for longest of <paramref name="Idle"/> is; zero without any.</param>
public sealed record IdleGroup(Destination? Destination, ushort Port, int All, int Idle, int Kept, TimeSpan Longest)
{
    public Subject Subject { get; } = Destination is { } destination ? Subject.Of(destination) : Subject.Port(Port);
}
