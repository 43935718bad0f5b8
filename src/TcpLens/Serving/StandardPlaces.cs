using TcpLens.Configuration;
using TcpLens.Linux.Interop;

namespace TcpLens.Serving;

/// <summary>
/// Where the monitor keeps its files when nobody said: the places of the system for root and for a service, those of the user for anybody else,
/// who may not write there. Source: XDG Base Directory Specification; systemd.exec(5), <c>StateDirectory=</c>, <c>RuntimeDirectory=</c>.
/// </summary>
internal static class StandardPlaces
{
    /// <summary>The settings with every path as it is to be used.</summary>
    public static Settings Settle(LoadedSettings loaded, Func<string, string?> environment)
    {
        var settings = loaded.Settings;
        if (FileOwner.OwnUser == 0)
            return settings;
        if (settings.History.Enabled && IsDefault("history", "file"))
            settings = settings with { History = settings.History with { File = Path.Combine(StateDirectory(environment), "history.db") } };
        if (IsDefault("zabbix_buffer", "file"))
            settings = settings with { ZabbixBuffer = settings.ZabbixBuffer with { File = Path.Combine(StateDirectory(environment), "zabbix.db") } };
        if (IsDefault("socket", "path"))
            settings = settings with { Socket = Socket(settings.Socket, environment) };
        return settings;

        bool IsDefault(string section, string key) => loaded.OriginOf(SettingTable.Find(section, key)).Kind == OriginKind.Default;
    }

    /// <summary>The history that a reader means who names none: his own monitor's, else that of the system.</summary>
    public static string HistoryToRead(LoadedSettings loaded, Func<string, string?> environment) =>
        Settle(loaded, environment).History.File is var own && File.Exists(own) ? own : loaded.Settings.History.File;

    private static string StateDirectory(Func<string, string?> environment) => environment switch
    {
        _ when Named(environment, "STATE_DIRECTORY") is { } service => service.Split(':')[0],
        _ when Named(environment, "XDG_STATE_HOME") is { } state => Path.Combine(Made(state), "tcplens"),
        _ when Named(environment, "HOME") is { } home => Path.Combine(Made(Path.Combine(home, ".local", "state")), "tcplens"),
        _ => "/var/lib/tcplens",
    };

    // A user who never kept any state has no directory for it: the specification says to make it, for him alone.
    private static string Made(string home)
    {
        try
        {
            Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The history tells that it cannot be kept there.
        }

        return home;
    }

    // Without a directory that only root or this service could have made, nobody would trust the socket.
    private static SocketSettings Socket(SocketSettings settings, Func<string, string?> environment) => Named(environment, "RUNTIME_DIRECTORY") is { } service
        ? settings with { Path = Path.Combine(service.Split(':')[0], "tcplens.sock") }
        : settings with { Enabled = false };

    private static string? Named(Func<string, string?> environment, string name) => environment(name) is { Length: > 0 } value ? value : null;
}
