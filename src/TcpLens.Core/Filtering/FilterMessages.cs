using TcpLens.Core.Text;

namespace TcpLens.Core.Filtering;

/// <summary>What a filter says of a mistake: what is wrong, and the nearest right word or what is expected.</summary>
internal static class FilterMessages
{
    /// <summary>Characters of the wrong word that are repeated in the message.</summary>
    private const int ShownCharacters = 40;

    private static readonly Phrase s_didYouMean = new("{0}: did you mean '{1}'?", "{0}，是不是想写“{1}”？");
    private static readonly Phrase s_expected = new("{0}: expected {1}", "{0}，应为：{1}");
    private static readonly Phrase s_forExample = new("{0}: expected {1}, for example {2}", "{0}，应为：{1}，例如 {2}");

    public static Phrase TooLong() =>
        new Phrase("the filter is too long: at most {0} characters", "过滤条件太长，最多 {0} 个字符").With(SocketFilter.MaxCharacters);

    public static Phrase TooManyWords() =>
        new Phrase("too many words: at most {0}", "条件太多，最多 {0} 个").With(SocketFilter.MaxWords);

    public static Phrase TooManyAlternatives() =>
        new Phrase("too many alternatives: at most {0} in the whole filter", "可选值太多，整个过滤条件最多 {0} 个").With(SocketFilter.MaxAlternatives);

    public static Phrase NothingNegated() =>
        new("nothing to negate: expected a word right behind, for example !port:22", "取反符号后面没有内容，应紧跟一个条件，例如 !port:22");

    public static Phrase UnknownKey(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return Expected(new("no key before the colon", "冒号前面缺少键名"), Keys());
        var unknown = new Phrase("unknown key '{0}'", "未知的键“{0}”").With(Shown(name));
        return Nearest.Find(name.ToString(), FilterKeys.Names) is { } nearest ? Meant(unknown, nearest) : Expected(unknown, Keys());
    }

    /// <summary>A word without a colon that is no state: a number is probably a port, an address an address.</summary>
    public static Phrase BareWord(ReadOnlySpan<char> word)
    {
        var unknown = new Phrase("unknown word '{0}'", "无法识别“{0}”").With(Shown(word));
        if (FilterKeys.Find(word) is { } key)
            return NoValue(key);
        if (NumberRange.TryParseNumber(word, out uint port) && port <= ushort.MaxValue)
            return Meant(unknown, $"port:{port}");
        if (AddressPrefix.TryParse(word, out var prefix))
            return Meant(unknown, $"addr:{prefix}");
        if (Nearest.Find(word.ToString(), FilterStates.Words) is { } state)
            return Meant(unknown, $"state:{state}");
        return Expected(unknown, new("key:value, for example port:443", "“键:值”形式的条件，例如 port:443"));
    }

    public static Phrase NoValue(FilterKey key) =>
        ForExample(new Phrase("'{0}:' has no value", "“{0}:”后面没有值").With(key.Name), key);

    public static Phrase EmptyAlternative(FilterKey key) =>
        Expected(new("a value is missing at the comma", "逗号处缺少值"), key.Expected);

    public static Phrase WrongValue(FilterKey key, ReadOnlySpan<char> value)
    {
        var wrong = new Phrase("'{0}' does not fit '{1}:'", "“{0}”不能用于“{1}:”").With(Shown(value), key.Name);
        if (key.Field == FilterField.State)
            wrong = new Phrase("unknown state '{0}'", "未知状态“{0}”").With(Shown(value));
        if (key.Values.Length > 0)
            return Nearest.Find(value.ToString(), key.Values) is { } nearest ? Meant(wrong, nearest) : Expected(wrong, key.Expected);
        return Backwards(value) is { } turned ? Meant(wrong, turned) : Expected(wrong, key.Expected);
    }

    /// <summary><c>8000-8999</c> for <c>8999-8000</c>.</summary>
    private static string? Backwards(ReadOnlySpan<char> value)
    {
        int dash = value.IndexOf('-');
        return dash > 0 && NumberRange.TryParseNumber(value[..dash], out uint high) && NumberRange.TryParseNumber(value[(dash + 1)..], out uint low)
            && low < high && high <= ushort.MaxValue ? $"{low}-{high}" : null;
    }

    private static Phrase Keys()
    {
        string names = string.Join(", ", FilterKeys.All.Select(key => key.Name));
        return new Phrase("one of {0}", "下列键名之一 {0}").With(names);
    }

    private static Phrase Meant(Phrase wrong, string nearest) =>
        new(string.Format(s_didYouMean.English, wrong.English, nearest), string.Format(s_didYouMean.Chinese, wrong.Chinese, nearest));

    private static Phrase Expected(Phrase wrong, Phrase expected) =>
        new(string.Format(s_expected.English, wrong.English, expected.English), string.Format(s_expected.Chinese, wrong.Chinese, expected.Chinese));

    private static Phrase ForExample(Phrase wrong, FilterKey key) =>
        new(string.Format(s_forExample.English, wrong.English, key.Expected.English, key.Example),
            string.Format(s_forExample.Chinese, wrong.Chinese, key.Expected.Chinese, key.Example));

    private static string Shown(ReadOnlySpan<char> word)
    {
        var runes = FilterError.Printable(word);
        return runes.Count <= ShownCharacters ? string.Concat(runes) : string.Concat(runes.Take(ShownCharacters)) + "…";
    }
}
