using System.Globalization;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>What the settings must be together, when each is right by itself.</summary>
internal static class SettingRules
{
    public static void Check(LoadedSettings loaded, SettingProblems problems)
    {
        var (web, history) = (loaded.Settings.Web, loaded.Settings.History);
        if (web.Enabled)
        {
            if (web.Listen.FirstOrDefault(listen => !listen.IsLoopback) is { } open && web.TokenFile.Length == 0)
                Add("web", "listen", "token_file", new Phrase("{0} can be reached from other hosts: set token_file, so that only who has the token sees the connections", "{0} 可从其他主机访问：请设置 token_file，只有持有令牌者才能查看连接").With(open));
            if (web.CertificateFile.Length > 0 && web.KeyFile.Length == 0)
                Add("web", "certificate_file", "key_file", new("a certificate needs its private key: set key_file", "证书需要对应的私钥：请设置 key_file"));
            if (web.KeyFile.Length > 0 && web.CertificateFile.Length == 0)
                Add("web", "key_file", "certificate_file", new("a private key needs its certificate: set certificate_file", "私钥需要对应的证书：请设置 certificate_file"));
        }

        if (history.KeepMinutes < history.KeepSeconds)
            Add("history", "keep_minutes", "keep_seconds", new("points of a minute must be kept at least as long as those of a second (keep_seconds)", "分钟数据的保留时间不能短于秒级数据（keep_seconds）"));
        if (history.KeepHours < history.KeepMinutes)
            Add("history", "keep_hours", "keep_minutes", new("points of an hour must be kept at least as long as those of a minute (keep_minutes)", "小时数据的保留时间不能短于分钟数据（keep_minutes）"));

        foreach (var (lower, higher) in ThresholdSettingTable.Pairs)
            CheckOrder(loaded, lower, higher, Add);
        CheckZabbix(loaded.Settings.ZabbixTls, Add);

        // Said of the first; where only the other was set, there.
        void Add(string section, string key, string other, Phrase message)
        {
            var setting = SettingTable.Find(section, key);
            var origins = new[] { setting, SettingTable.Find(section, other) }.Select(loaded.OriginOf).ToList();
            problems.Add(origins.Find(origin => origin.Kind != OriginKind.Default) ?? SettingOrigin.Default, new Phrase("{0}: {1}", "{0}：{1}").With(setting.Name, message));
        }
    }

    private static void CheckOrder(LoadedSettings loaded, string lower, string higher, Action<string, string, string, Phrase> add)
    {
        string one = Text(lower), other = Text(higher);
        if (double.Parse(one, CultureInfo.InvariantCulture) > double.Parse(other, CultureInfo.InvariantCulture))
            add(ThresholdSettingTable.Name, lower, higher, new Phrase("{0} is above {1} ({2}): what is worse has to begin later", "{0} 大于 {1}（{2}）：更严重的级别不能更早开始").With(one, higher, other));

        string Text(string key) => SettingTable.Find(ThresholdSettingTable.Name, key).ToToml(loaded.Settings);
    }

    private static void CheckZabbix(ZabbixTlsSettings tls, Action<string, string, string, Phrase> add)
    {
        Demand(ZabbixProtection.Psk, "psk_identity", tls.PskIdentity);
        Demand(ZabbixProtection.Psk, "psk_file", tls.PskFile);
        Demand(ZabbixProtection.Certificate, "ca_file", tls.CaFile);
        Demand(ZabbixProtection.Certificate, "certificate_file", tls.CertificateFile);
        Demand(ZabbixProtection.Certificate, "key_file", tls.KeyFile);

        void Demand(ZabbixProtection protection, string key, string value)
        {
            if (value.Length == 0 && (tls.Connect == protection || tls.Accept.Contains(protection)))
                add("zabbix_tls", key, tls.Connect == protection ? "connect" : "accept", new Phrase("needed for {0}", "使用 {0} 时必须设置").With(protection == ZabbixProtection.Psk ? "psk" : "cert"));
        }
    }
}
