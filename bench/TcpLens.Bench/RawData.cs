using System.Text.Json;
using System.Text.Json.Serialization;

namespace TcpLens.Bench;

/// <summary>What is the same for a whole run: when, where, with what.</summary>
public sealed record RunFacts
{
    public required DateTimeOffset Date { get; init; }
    public required string HostKind { get; init; }
    public required string Processor { get; init; }
    public required int Cores { get; init; }
    public required int MemoryMebibytes { get; init; }
    public required string Kernel { get; init; }
    public required string System { get; init; }
    public required int HashBuckets { get; init; }
    public required string LoadAverage { get; init; }
    public required string Commit { get; init; }
    public required string Mix { get; init; }
    public required int Rounds { get; init; }

    /// <summary>Whether the run only shows that everything works: few rounds, a busy machine.</summary>
    public bool? IsTrial { get; init; }

    /// <summary>Version of every contender, or why it is not there (then it begins with <c>absent:</c>).</summary>
    public required SortedDictionary<string, string> Versions { get; init; }
}

/// <summary>A load as it stood before the first round.</summary>
public sealed record LoadFacts
{
    public required int Size { get; init; }
    public required double MakingSeconds { get; init; }
    public required string LoadAverage { get; init; }

    /// <summary>Sockets by state: IPv4, IPv6. The listeners of resident contenders are among them.</summary>
    public required SortedDictionary<string, long[]> Truth { get; init; }
}

/// <summary>A state in which a contender was wrong.</summary>
public sealed record WrongState(string State, long Said, long True);

/// <summary>One contender in one round.</summary>
public sealed record Sample
{
    public required int Size { get; init; }
    public required int Round { get; init; }
    public required string Contender { get; init; }

    /// <summary>From start to end of the process, or of the reading. Absent where it cannot be seen from outside.</summary>
    public double? WallMs { get; init; }

    /// <summary>User and system time of the whole process tree.</summary>
    public double? CpuMs { get; init; }

    /// <summary>Peak memory of the largest process, KiB; of a resident monitor the sum over its processes.</summary>
    public long? RssKib { get; init; }

    /// <summary>The kernel reading alone, as the contender itself says it.</summary>
    public double? ReadingMs { get; init; }

    /// <summary>The slowest of several questions that make one reading.</summary>
    public double? SlowestMs { get; init; }

    /// <summary>How many of the eleven values are no numbers, so that a server refuses them.</summary>
    public int? Unusable { get; init; }

    /// <summary>How long a resident monitor was watched, when the cost is that of all its readings in this time.</summary>
    public double? Seconds { get; init; }

    /// <summary>How many readings it made in this time.</summary>
    public int? Readings { get; init; }

    /// <summary>Memory of all its processes at the end of that time, KiB: what they have mapped and resident.</summary>
    public long? ResidentKib { get; init; }

    /// <summary>The same with each shared page divided among those who share it.</summary>
    public long? PssKib { get; init; }

    /// <summary>The states of which it tells a number; absent: all eleven.</summary>
    public IReadOnlyList<string>? Told { get; init; }

    /// <summary>Sockets that the contender opened for its reading and counted.</summary>
    public long? Own { get; init; }

    public IReadOnlyList<WrongState> Wrong { get; init; } = [];

    /// <summary>Why there is no measurement.</summary>
    public string? Failure { get; init; }
}

/// <summary>One line of the raw data: exactly one of the three is there.</summary>
public sealed record RawLine(RunFacts? Run = null, LoadFacts? Load = null, Sample? Sample = null);

/// <summary>The raw data of a run: a file of JSON lines, the first of which tells the run.</summary>
public sealed record RawData(RunFacts Run, IReadOnlyList<LoadFacts> Loads, IReadOnlyList<Sample> Samples)
{
    public static RawData Read(string path)
    {
        var lines = File.ReadLines(path)
            .Select(line => JsonSerializer.Deserialize(line, RawJson.Default.RawLine) ?? throw new InvalidDataException($"{path}: an empty line"))
            .ToList();
        return new(
            lines.Select(line => line.Run).OfType<RunFacts>().Single(),
            lines.Select(line => line.Load).OfType<LoadFacts>().ToList(),
            lines.Select(line => line.Sample).OfType<Sample>().ToList());
    }

    public static void Append(string path, RawLine line) => File.AppendAllText(path, JsonSerializer.Serialize(line, RawJson.Default.RawLine) + "\n");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RawLine))]
internal sealed partial class RawJson : JsonSerializerContext;
