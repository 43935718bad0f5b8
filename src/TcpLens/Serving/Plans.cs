using System.Net;
using System.Net.Sockets;
using System.Text;
using TcpLens.Configuration;
using TcpLens.Outputs.Web;
using HistorySettings = TcpLens.Configuration.HistorySettings;
using StoreSettings = TcpLens.Outputs.History.HistorySettings;
using WebSettings = TcpLens.Configuration.WebSettings;

namespace TcpLens.Serving;

/// <summary>The settings as each part of the monitor takes them.</summary>
internal static class Plans
{
    public static SamplingPlan Of(SamplingSettings settings) =>
        new(settings.Interval, settings.CpuBudgetPercent, settings.Netns == NamespaceScope.All, settings.Source);

    /// <summary>The history's; <see langword="null"/> when none is to be kept.</summary>
    public static StoreSettings? Of(HistorySettings settings) => !settings.Enabled ? null : new StoreSettings(settings.File)
    {
        KeepSeconds = settings.KeepSeconds,
        KeepMinutes = settings.KeepMinutes,
        KeepHours = settings.KeepHours,
        SizeMaximum = settings.SizeMaximum,
    };

    /// <summary>The web server's; <see langword="null"/> when there is to be none.</summary>
    /// <exception cref="WebStartException">The token cannot be read.</exception>
    public static Outputs.Web.WebSettings? Of(WebSettings settings) => !settings.Enabled ? null : new Outputs.Web.WebSettings
    {
        Listen = [.. settings.Listen.Select(one => new IPEndPoint(one.Address ?? Any, one.Port))],
        Token = settings.TokenFile.Length == 0 ? (ReadOnlyMemory<byte>?)null : Token(settings.TokenFile),
        CertificateFile = settings.CertificateFile.Length == 0 ? null : settings.CertificateFile,
        KeyFile = settings.KeyFile.Length == 0 ? null : settings.KeyFile,
        HostNames = settings.AllowedHosts,
        NodeExporterNames = settings.NodeExporterNames,
    };

    /// <summary>Every address of the host: the IPv6 wildcard takes IPv4 as well.</summary>
    public static IPAddress Any => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    private static ReadOnlyMemory<byte> Token(string file) =>
        TokenFile.TryRead(file, out string? token, out var problem) ? Encoding.UTF8.GetBytes(token) : throw new WebStartException(new Core.Text.Phrase("{0}: {1}", "{0}：{1}").With(file, problem));
}
