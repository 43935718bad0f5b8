using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Whether the files that the settings name can be used by who asks.</summary>
internal static class NamedFiles
{
    public static void Check(LoadedSettings loaded, SettingProblems problems)
    {
        var (web, tls) = (loaded.Settings.Web, loaded.Settings.ZabbixTls);
        if (web.Enabled)
        {
            if (web.TokenFile.Length > 0 && !TokenFile.TryRead(web.TokenFile, out _, out var problem))
                Add("web", "token_file", web.TokenFile, problem);
            Demand("web", "certificate_file", web.CertificateFile);
            Demand("web", "key_file", web.KeyFile);
        }

        Demand("zabbix_tls", "psk_file", tls.PskFile);
        Demand("zabbix_tls", "ca_file", tls.CaFile);
        Demand("zabbix_tls", "certificate_file", tls.CertificateFile);
        Demand("zabbix_tls", "key_file", tls.KeyFile);

        void Demand(string section, string key, string path)
        {
            if (path.Length > 0 && !ConfigurationFile.TryRead(path, out _, out var problem, out _))
                Add(section, key, path, problem);
        }

        void Add(string section, string key, string path, Phrase message)
        {
            var setting = SettingTable.Find(section, key);
            problems.Add(loaded.OriginOf(setting), new Phrase("{0}: {1}: {2}", "{0}：{1}：{2}").With(setting.Name, RawValue.Printable(path), message));
        }
    }
}
