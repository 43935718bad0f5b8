using System.Buffers;
using System.Globalization;
using System.Text;
using TcpLens.Core.History;

namespace TcpLens.Outputs.Csv;

/// <summary>A part of the past as CSV (RFC 4180, with a heading): a row per point, three columns per series; what is not known is an empty field.</summary>
public static class HistoryCsv
{
    public static void Write(HistoryAnswer answer, IBufferWriter<byte> output)
    {
        var line = new StringBuilder("time");
        foreach (string id in answer.Curves.Select(curve => curve.Series.Id))
            line.Append($",{id}.min,{id}.avg,{id}.max");
        for (int i = 0; i < answer.Times.Length; i++)
        {
            Encoding.UTF8.GetBytes(line.Append("\r\n").ToString(), output);
            line.Clear().Append(DateTimeOffset.FromUnixTimeMilliseconds(answer.Times[i]).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            foreach (var curve in answer.Curves)
                line.Append(',').Append(Number(curve.Minimum[i])).Append(',').Append(Number(curve.Average[i])).Append(',').Append(Number(curve.Maximum[i]));
        }

        Encoding.UTF8.GetBytes(line.Append("\r\n").ToString(), output);
    }

    private static string Number(double? value) => value is { } known ? Math.Round(known, 6).ToString(CultureInfo.InvariantCulture) : "";
}
