using System.Globalization;

namespace TcpLens.Zabbix.Api;

/// <summary>Reads times as Zabbix writes them: "90", "30s", "5m", "2h", "1d", "1w" (Zabbix manual, "Time suffixes"); intervals that follow behind ";" are left out.</summary>
public static class ZabbixDuration
{
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        int end = text.IndexOf(';');
        var words = end < 0 ? text : text[..end];
        int seconds = words.Length == 0 ? 0 : words[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604_800, _ => 0 };
        if (!int.TryParse(seconds == 0 ? words : words[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return false;
        duration = TimeSpan.FromSeconds((long)number * Math.Max(1, seconds));
        return true;
    }
}
