using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Whether the files that the settings name can be used by who asks.</summary>
internal static class NamedFiles
{
    public static void Check(LoadedSettings loaded, SettingProblems problems)
    {
        var web = loaded.Settings.Web;
        if (!web.Enabled)
            return;
        if (web.TokenFile.Length > 0 && !TokenFile.TryRead(web.TokenFile, out _, out var problem))
            Add("token_file", web.TokenFile, problem);
        if (web.CertificateFile.Length > 0 && !ConfigurationFile.TryRead(web.CertificateFile, out _, out problem, out _))
            Add("certificate_file", web.CertificateFile, problem);
        if (web.KeyFile.Length > 0 && !ConfigurationFile.TryRead(web.KeyFile, out _, out problem, out _))
            Add("key_file", web.KeyFile, problem);

        void Add(string key, string path, Phrase message)
        {
            var setting = SettingTable.Find("web", key);
            problems.Add(loaded.OriginOf(setting), new Phrase("{0}: {1}: {2}", "{0}：{1}：{2}").With(setting.Name, RawValue.Printable(path), message));
        }
    }
}
