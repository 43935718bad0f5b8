using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>
/// This host's values of <see cref="KernelSettings.All"/>, and the texts filled with them: <c>{tcp_fin_timeout}</c> becomes the value,
/// <c>{orphan_seconds}</c> what follows from several. What the host does not tell is said to be the kernel's default.
/// </summary>
public sealed class HostValues
{
    private readonly ImmutableDictionary<string, string> _values;
    private readonly ImmutableDictionary<string, Phrase> _texts;

    private HostValues(ImmutableDictionary<string, string> values)
    {
        _values = values;
        _texts = Texts();
    }

    /// <summary>No value known: every text names the kernel's defaults.</summary>
    public static HostValues Unknown { get; } = new(ImmutableDictionary<string, string>.Empty);

    /// <summary>Asks <paramref name="read"/> once for each setting; it answers the content of the setting's file, or <see langword="null"/>.</summary>
    public static HostValues Read(Func<KernelSetting, string?> read)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var setting in KernelSettings.All)
        {
            string? value = read(setting)?.Trim().Replace('\t', ' ');
            if (!string.IsNullOrEmpty(value))
                values[setting.Key] = value;
        }

        return new HostValues(values.ToImmutable());
    }

    /// <summary>The phrase with every <c>{placeholder}</c> replaced.</summary>
    /// <exception cref="FormatException">A placeholder is neither a setting nor derived from one: a mistake in the text.</exception>
    public Phrase Fill(Phrase phrase) => new(Fill(phrase.English, Language.English), Fill(phrase.Chinese, Language.Chinese));

    private string Fill(string text, Language language)
    {
        var filled = new StringBuilder();
        int from = 0;
        for (int open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', from))
        {
            int close = text.IndexOf('}', open);
            string key = close < 0 ? text[open..] : text[(open + 1)..close];
            if (!_texts.TryGetValue(key, out var value))
                throw new FormatException($"no kernel setting for {{{key}}}");
            filled.Append(text, from, open - from).Append(value.In(language));
            from = close + 1;
        }

        return filled.Append(text, from, text.Length - from).ToString();
    }

    private ImmutableDictionary<string, Phrase> Texts()
    {
        var texts = ImmutableDictionary.CreateBuilder<string, Phrase>(StringComparer.Ordinal);
        foreach (var setting in KernelSettings.All)
            texts[setting.Key] = TextOf(setting);

        var longest = TimeSpan.FromMilliseconds(Math.Max(1, Number("tcp_rto_max_ms")));
        texts["syn_sent_seconds"] = Seconds(Patience.OfConnect(Number("tcp_syn_retries"), Number("tcp_syn_linear_timeouts"), longest));
        texts["syn_recv_seconds"] = Seconds(Patience.OfHalfOpen(Number("tcp_synack_retries"), longest));
        texts["orphan_seconds"] = Seconds(Patience.OfOrphan(Number("tcp_orphan_retries"), longest));
        texts["retries2_seconds"] = Seconds(Patience.OfRetransmission(Number("tcp_retries2"), longest));
        texts["keepalive_seconds"] =
            Seconds(Patience.OfKeepalive(Number("tcp_keepalive_time"), Number("tcp_keepalive_intvl"), Number("tcp_keepalive_probes")));

        var (first, last) = PortRange();
        texts["ports"] = Phrase.Same($"{last - first + 1:N0}");
        texts["ports_per_second"] = Phrase.Same($"{(last - first + 1) / 60:N0}");
        return texts.ToImmutable();
    }

    private Phrase TextOf(KernelSetting setting)
    {
        if (_values.TryGetValue(setting.Key, out string? value))
            return Phrase.Same(value);
        return IsAbsent(setting)
            ? new Phrase("{0} (this kernel has no such setting)", "{0}（本机内核没有此参数）").With(setting.WhenAbsent)
            : new Phrase($"{setting.Default.English} (default; not readable here)", $"{setting.Default.Chinese}（默认值，本机的值不可读）");
    }

    /// <summary>A setting of newer kernels is missing while others could be read: the kernel does not have it.</summary>
    private bool IsAbsent(KernelSetting setting) => setting.WhenAbsent is not null && !_values.IsEmpty && !_values.ContainsKey(setting.Key);

    private int Number(string key)
    {
        var setting = KernelSettings.All.First(candidate => candidate.Key == key);
        if (_values.TryGetValue(key, out string? text) && int.TryParse(text, out int value) && value is >= 0 and <= 1_000_000)
            return value;
        return int.Parse(IsAbsent(setting) ? setting.WhenAbsent! : setting.Default.English);
    }

    private (int First, int Last) PortRange()
    {
        string[] parts = _values.GetValueOrDefault("ip_local_port_range", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && ushort.TryParse(parts[0], out ushort first) && ushort.TryParse(parts[1], out ushort last) && first <= last
            ? (first, last)
            : (32768, 60999);
    }

    private static Phrase Seconds(TimeSpan time) => Phrase.Same(time.TotalSeconds.ToString("0.#"));
}
