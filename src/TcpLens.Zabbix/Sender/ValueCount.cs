using System.Globalization;

namespace TcpLens.Zabbix.Sender;

/// <summary>What a server made of the values of one message, from the <c>info</c> of its answer: "processed: 1; failed: 0; total: 1; seconds spent: 0.000149".</summary>
/// <param name="Processed">Values that it took.</param>
/// <param name="Failed">Values that it did not take; it gives no reason.</param>
/// <param name="Total">Values that it found in the message.</param>
public readonly record struct ValueCount(long Processed, long Failed, long Total)
{
    /// <summary>Reads the numbers; <see langword="false"/> when it says something else, such as "unknown host".</summary>
    public static bool TryParse(ReadOnlySpan<char> info, out ValueCount count)
    {
        count = default;
        if (!TryTake(ref info, "processed: ", out long processed) || !TryTake(ref info, "failed: ", out long failed) || !TryTake(ref info, "total: ", out long total))
            return false;
        count = new ValueCount(processed, failed, total);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> info, string name, out long number)
    {
        number = 0;
        info = info.TrimStart("; ");
        if (!info.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            return false;
        info = info[name.Length..];
        int length = info.IndexOf(';');
        var digits = length < 0 ? info : info[..length];
        info = length < 0 ? default : info[length..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
