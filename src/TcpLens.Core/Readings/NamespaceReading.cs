using TcpLens.Core.Text;

namespace TcpLens.Core.Readings;

/// <summary>One network namespace in a reading of the host: its states, or why they could not be read.</summary>
/// <param name="Name">As people call it: <c>host</c>, the name of <c>ip netns</c>, a container or a service.</param>
/// <param name="Id">The number that tells it from the others on this host (an inode number).</param>
/// <param name="Reading">The states; <see langword="null"/> when they could not be read.</param>
/// <param name="Failure">Why not; <see langword="null"/> when they were read.</param>
public sealed record NamespaceReading(string Name, ulong Id, StateReading? Reading, Phrase? Failure = null);
