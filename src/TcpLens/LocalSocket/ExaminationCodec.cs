using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Explain;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.LocalSocket;

/// <summary>What the resident monitor's rules say as bytes and back, between two processes of the same program and version.</summary>
internal static class ExaminationCodec
{
    /// <summary>More than any list has: findings, five of each rule.</summary>
    private const int EntriesMaximum = 1000;

    public static byte[] ToBytes(Examination examination)
    {
        using var bytes = new MemoryStream(4096);
        using var writer = new BinaryWriter(bytes);
        writer.Write(CommandLine.ProductVersion.Text);
        writer.Write(examination.HostName);
        writer.Write(examination.Kernel);
        writer.Write(examination.Namespace);
        writer.Write(examination.At.UtcTicks);
        writer.Write(examination.Watched.Ticks);
        Write(writer, examination.Health.Open, static (to, record) =>
        {
            Write(to, record.Finding);
            to.Write(record.Opened.UtcTicks);
            to.Write((byte)record.Worst);
        });
        Write(writer, examination.Health.Checks, static (to, check) =>
        {
            to.Write(check.Rule);
            Write(to, check.What);
            to.Write((byte)check.Result);
            Write(to, check.Told);
        });
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; anything else, and another version's, is refused.</summary>
    public static bool TryParse(byte[] bytes, [NotNullWhen(true)] out Examination? examination)
    {
        examination = null;
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        try
        {
            if (reader.ReadString() != CommandLine.ProductVersion.Text)
                return false;
            examination = new Examination
            {
                HostName = reader.ReadString(),
                Kernel = reader.ReadString(),
                Namespace = reader.ReadString(),
                At = ReadTime(reader),
                Watched = TimeSpan.FromTicks(reader.ReadInt64()),
                Health = new Health { Open = ReadList(reader, ReadRecord), Checks = ReadList(reader, ReadCheck) },
                IsOfMonitor = true,
            };
            return true;
        }
        catch (Exception broken) when (broken is IOException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static void Write(BinaryWriter writer, Finding finding)
    {
        writer.Write(finding.Rule);
        writer.Write((byte)finding.Level);
        writer.Write((byte)finding.Subject.Kind);
        writer.Write(finding.Subject.Key);
        writer.Write(finding.Subject.Owner ?? "");
        Write(writer, finding.Sentence);
        Write(writer, finding.Evidence, static (to, one) =>
        {
            to.Write(one.Name);
            Write(to, one.Label);
            to.Write(one.Value);
            to.Write(one.Unit);
        });
        writer.Write((byte)finding.Confidence);
        Write(writer, finding.RuledOut, static (to, one) => Write(to, one));
        Write(writer, finding.Cause);
        Write(writer, finding.Advice);
        Write(writer, finding.Remedies, static (to, one) =>
        {
            to.Write(one.Command);
            Write(to, one.Tells);
        });
        writer.Write(finding.Source);
    }

    private static FindingRecord ReadRecord(BinaryReader reader) => new(ReadFinding(reader), ReadTime(reader), null, (Severity)reader.ReadByte());

    private static Finding ReadFinding(BinaryReader reader) => new()
    {
        Rule = reader.ReadString(),
        Level = (Severity)reader.ReadByte(),
        Subject = new Subject((SubjectKind)reader.ReadByte(), reader.ReadString(), reader.ReadString() is { Length: > 0 } owner ? owner : null),
        Sentence = ReadPhrase(reader),
        Evidence = ReadList(reader, static from => new Evidence(from.ReadString(), ReadPhrase(from), from.ReadDouble(), from.ReadString())),
        Confidence = (Confidence)reader.ReadByte(),
        RuledOut = ReadList(reader, ReadPhrase),
        Cause = ReadPhrase(reader),
        Advice = ReadPhrase(reader),
        Remedies = ReadList(reader, static from => new CommandHint(from.ReadString(), ReadPhrase(from))),
        Source = reader.ReadString(),
    };

    private static Check ReadCheck(BinaryReader reader) => new(reader.ReadString(), ReadPhrase(reader), (CheckResult)reader.ReadByte(), ReadPhrase(reader));

    private static void Write<T>(BinaryWriter writer, ImmutableArray<T> list, Action<BinaryWriter, T> write)
    {
        writer.Write((ushort)list.Length);
        foreach (var one in list)
            write(writer, one);
    }

    private static ImmutableArray<T> ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        int length = reader.ReadUInt16();
        if (length > EntriesMaximum)
            throw new FormatException();
        var list = ImmutableArray.CreateBuilder<T>(length);
        for (int i = 0; i < length; i++)
            list.Add(read(reader));
        return list.MoveToImmutable();
    }

    private static void Write(BinaryWriter writer, Phrase phrase)
    {
        writer.Write(phrase.English ?? "");
        writer.Write(phrase.Chinese ?? "");
    }

    private static Phrase ReadPhrase(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private static DateTimeOffset ReadTime(BinaryReader reader) => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero).ToLocalTime();
}
