using System.Buffers;
using System.Text;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Csv;

/// <summary>Groups of sockets as CSV (RFC 4180, with a heading): a row per group, then one for all others, with the key empty, and one for those without owner.</summary>
public static class GroupsCsv
{
    public static string Heading { get; } = $"by,key,total,{string.Join(',', TcpStates.All.Select(info => info.Name))},certainty,detail";

    public static void Write(GroupReading reading, IBufferWriter<byte> output)
    {
        var text = new StringBuilder(Heading).Append("\r\n");
        foreach (var group in reading.Groups.Largest(reading.Most))
        {
            text.Append(reading.By.Name).Append(',').Append(StatesCsv.Field(group.Key)).Append(',').Append(group.Total);
            foreach (var info in TcpStates.All)
                text.Append(',').Append(group[info.State]);
            string detail = group.Owner is { } owner ? reading.By.DetailOf(owner) ?? "" : "";
            text.Append(',').Append(group.Certainty).Append(',').Append(StatesCsv.Field(detail)).Append("\r\n");
        }

        AppendRest(text, "other", reading.OtherTotal);
        AppendRest(text, "unknown", reading.Gap.Total);
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    // By state they are not told apart: the fields stay empty.
    private static void AppendRest(StringBuilder text, string name, long total)
    {
        if (total > 0)
            text.Append(name).Append(",,").Append(total).Append(',', TcpStates.All.Length + 2).Append("\r\n");
    }
}
