using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>Numbers as sentences write them.</summary>
public static class Figures
{
    public static string Count(double number) => $"{number:N0}";

    public static string Rate(double? rate) => rate >= 10 ? $"{rate:N0}" : $"{rate:0.##}";

    public static string Percent(double? percent) => $"{percent:0}";

    public static Phrase Time(TimeSpan time) => time.TotalMinutes < 2 ? new Phrase("{0} s", "{0} 秒").With($"{time.TotalSeconds:0}")
        : time.TotalHours < 2 ? new Phrase("{0} min", "{0} 分钟").With($"{time.TotalMinutes:0}")
        : new Phrase("{0} h", "{0} 小时").With($"{time.TotalHours:0}");

    /// <summary>What a forecast adds to a sentence; nothing when there is none.</summary>
    public static Phrase Forecast(TimeSpan? full) => full is { } time
        ? new Phrase(" At this rate the limit is reached in about {0}.", "按此速度约 {0}后达到上限。").With(Time(time))
        : Phrase.Same("");
}
