using System.Text.Json.Serialization;

namespace TcpLens.Bench;

/// <summary>What the run tells its session inside the namespace, as the one argument.</summary>
/// <param name="Options">The command line's wishes.</param>
/// <param name="Raw">File of the raw data, to be appended.</param>
/// <param name="Size">Sockets of the load.</param>
/// <param name="Census">File in which the load maker says what it made.</param>
/// <param name="Started">Monotonic time stamp before the load was begun.</param>
public sealed record SessionSettings(BenchOptions Options, string Raw, int Size, string Census, long Started);

[JsonSerializable(typeof(SessionSettings))]
internal sealed partial class SessionJson : JsonSerializerContext;
