namespace TcpLens.BinaryTests.Serving;

/// <summary>A directory with everything that a <see cref="Daemon"/> keeps, so that the next one finds it again. Every user may write there.</summary>
internal sealed class DaemonHome : IDisposable
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public DaemonHome()
    {
        Path = Directory.CreateTempSubdirectory("tcplens-serve-").FullName;
        File.SetUnixFileMode(Path, Everybody);
        Configure("");
    }

    public string Path { get; }

    public string Configuration => this["tcplens.toml"];

    public string Socket => this["run/tcplens.sock"];

    /// <summary>In a directory of its own, that is made when it is needed.</summary>
    public string History => this["state/history.db"];

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public void Configure(string toml) => File.WriteAllText(Configuration, toml);

    /// <summary>How one is started here: at any free port of loopback, fast, and with budget enough for it.</summary>
    public DaemonStart With(params string[] options) => new() { Options = ["--interval", "100ms", "--cpu-budget", "100", .. Own("--socket", Socket, "--history-file", History), .. options] };

    /// <summary>The same with nothing set that a configuration can set.</summary>
    public string[] Own(params string[] options) => ["--config", Configuration, "--listen", "127.0.0.1:0", .. options];

    public Task<Daemon> StartAsync(params string[] options) => Daemon.StartAsync(With(options));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
