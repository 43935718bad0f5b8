using System.Buffers;
using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Csv;

/// <summary>One reading as CSV (RFC 4180, with a heading): a row per namespace and state; a count that was not seen is an empty field.</summary>
public static class StatesCsv
{
    public const string Heading = "time,host,netns,state,total,ipv4,ipv6,v4mapped,source,completeness";

    public static void Write(HostReading host, IBufferWriter<byte> output)
    {
        var text = new StringBuilder();
        text.Append(Heading).Append("\r\n");
        string time = host.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        foreach (var one in host.Read)
        {
            foreach (var info in TcpStates.All)
            {
                var count = one.Reading!.Counts[info.State];
                text.Append(time).Append(',').Append(Field(host.HostName)).Append(',').Append(Field(one.Name)).Append(',').Append(info.Name)
                    .Append(',').Append(count?.Total).Append(',').Append(count?.Ipv4).Append(',').Append(count?.Ipv6).Append(',').Append(count?.V4Mapped)
                    .Append(',').Append(one.Reading.Source).Append(',').Append(one.Reading.Completeness.ToString().ToLowerInvariant()).Append("\r\n");
            }
        }

        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    internal static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
