namespace TcpLens.Core.Diagnosis;

/// <summary>A port on which nobody listens any more.</summary>
/// <param name="Port">The port.</param>
/// <param name="Listened">How long a program had listened, as far as that was seen.</param>
/// <param name="Gone">How long nobody has.</param>
public readonly record struct GoneListener(ushort Port, TimeSpan Listened, TimeSpan Gone);
