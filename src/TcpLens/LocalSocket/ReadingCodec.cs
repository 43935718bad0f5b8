using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.LocalSocket;

/// <summary>A reading of one namespace as bytes and back, between two processes of the same program and version.</summary>
internal static class ReadingCodec
{
    public static byte[] ToBytes(HostReading host)
    {
        using var bytes = new MemoryStream(512);
        using var writer = new BinaryWriter(bytes);
        writer.Write(ProductVersion);
        writer.Write(host.HostName);
        writer.Write(host.Kernel);
        writer.Write(host.At.UtcTicks);
        var one = host.Namespaces[0];
        writer.Write(one.Name);
        writer.Write(one.Id);
        var reading = one.Reading!;
        writer.Write(reading.Source);
        Write(writer, reading.SourceReason);
        writer.Write(reading.WalkedFrom ?? 0);
        writer.Write(reading.Opened ?? -1);
        writer.Write(reading.Duration.Ticks);
        writer.Write(reading.Setup.Ticks);
        writer.Write((byte)reading.Completeness);
        Write(writer, reading.CompletenessReason);
        Write(writer, reading.Counts.CloseUnseen);
        writer.Write(reading.Counts.OrphanFinWait2);
        foreach (var info in TcpStates.All)
        {
            var count = reading.Counts[info.State] ?? default;
            writer.Write(count.Ipv4);
            writer.Write(count.Ipv6);
            writer.Write(count.V4Mapped);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; anything else, and another version's, is refused.</summary>
    public static bool TryParse(byte[] bytes, [NotNullWhen(true)] out HostReading? host)
    {
        host = null;
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        try
        {
            if (reader.ReadString() != ProductVersion)
                return false;
            host = new HostReading
            {
                HostName = reader.ReadString(),
                Kernel = reader.ReadString(),
                At = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero).ToLocalTime(),
                Namespaces = [new NamespaceReading(reader.ReadString(), reader.ReadUInt64(), Reading(reader))],
            };
            return true;
        }
        catch (Exception broken) when (broken is IOException or ArgumentException or FormatException)
        {
            host = null;
            return false;
        }
    }

    private static string ProductVersion { get; } = CommandLine.ProductVersion.Text;

    private static StateReading Reading(BinaryReader reader)
    {
        string source = reader.ReadString();
        var sourceReason = ReadPhrase(reader);
        long walkedFrom = reader.ReadInt64();
        long opened = reader.ReadInt64();
        var duration = TimeSpan.FromTicks(reader.ReadInt64());
        var setup = TimeSpan.FromTicks(reader.ReadInt64());
        var completeness = (Completeness)reader.ReadByte();
        var completenessReason = ReadPhrase(reader);
        var closeUnseen = ReadPhrase(reader);
        long orphans = reader.ReadInt64();
        var counts = new StateCount[TcpStates.TableLength];
        foreach (var info in TcpStates.All)
            counts[(int)info.State] = new StateCount(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new StateReading
        {
            Counts = new StateCounts([.. counts], orphans, closeUnseen),
            Source = source,
            SourceReason = sourceReason,
            WalkedFrom = walkedFrom > 0 ? walkedFrom : null,
            Opened = opened >= 0 ? opened : null,
            Duration = duration,
            Setup = setup,
            Completeness = completeness,
            CompletenessReason = completenessReason,
        };
    }

    private static void Write(BinaryWriter writer, Phrase? phrase)
    {
        writer.Write(phrase?.English ?? "");
        writer.Write(phrase?.Chinese ?? "");
    }

    private static Phrase? ReadPhrase(BinaryReader reader) => new Phrase(reader.ReadString(), reader.ReadString()) is { English.Length: > 0 } phrase ? phrase : null;
}
