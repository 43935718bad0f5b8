using System.Diagnostics;
using Microsoft.Playwright;
using TcpLens.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(TcpLens.BrowserTests.Desk))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace TcpLens.BrowserTests;

/// <summary>One host, one monitor, one browser for all tests of the run, brought up by the first that asks. The browser is Debian's.</summary>
public sealed class Desk : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>The lab's closed sockets end after about 200 s: before that, and before the longest test could reach it, there is a new one.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(130);

    private readonly Dictionary<string, Tab> _tabs = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _things = [];
    private DirectoryInfo? _directory;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private LabHost? _host;
    private Monitor? _monitor;
    private long _since;
    private string? _test;

    internal LabHost Host => _host!;

    internal Monitor Monitor => _monitor!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new tab that knows nothing of others: no cookie, no choice.</summary>
    internal async Task<Tab> Open(Look? look = null, Monitor? monitor = null)
    {
        await Up();
        return await Tab.Open(_browser!, (monitor ?? Monitor).Address, look ?? Look.Usual);
    }

    /// <summary>A tab of that look that earlier tests may have used.</summary>
    internal async Task<Tab> Reuse(Look look)
    {
        await Up();
        if (!_tabs.TryGetValue(look.ToString(), out var tab))
            _tabs[look.ToString()] = tab = await Open(look);
        return tab;
    }

    /// <summary>Another monitor of the same host, with a history of its own unless <paramref name="history"/> names one.</summary>
    internal async Task<Monitor> Another(string? history = null, int port = 0, params string[] more)
    {
        await Up();
        var monitor = Monitor.Start(Host.Lab, history ?? File($"{Guid.NewGuid():N}.db"), port, more);
        _things.Add(monitor);
        return monitor;
    }

    /// <summary>A place for a file that goes with the run.</summary>
    internal string File(string name) => Path.Combine(_directory!.FullName, name);

    public async ValueTask DisposeAsync()
    {
        await Down();
        _playwright?.Dispose();
        _directory?.Delete(recursive: true);
    }

    private async Task Down()
    {
        _tabs.Clear();
        if (_browser is not null)
            await _browser.CloseAsync();
        foreach (var thing in _things)
            thing.Dispose();
        _things.Clear();
        _monitor?.Dispose();
        _host?.Dispose();
        (_browser, _monitor, _host) = (null, null, null);
    }

    private async Task Up()
    {
        // A test keeps the host with which it began.
        bool isSameTest = _test == TestContext.Current.Test?.UniqueID;
        _test = TestContext.Current.Test?.UniqueID;
        if (_browser is not null && (isSameTest || Stopwatch.GetElapsedTime(_since) < s_fresh))
            return;
        Require.Root();
        Require.That(System.IO.File.Exists(Chromium), "needs chromium: apt-get install chromium");
        _ = Monitor.Program;
        _directory ??= Directory.CreateTempSubdirectory("tcplens-browser-");
        await Down();
        _since = Stopwatch.GetTimestamp();
        _host = new LabHost();
        _monitor = Monitor.Start(_host.Lab, File("history.db"));
        _playwright ??= await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserInside(_host.Lab.NamespacePath), Args = ["--disable-lcd-text"] });
    }

    /// <summary>A program that starts the browser in the namespace, where it can reach the monitor and nothing else.</summary>
    private string BrowserInside(string netns)
    {
        string program = File("chromium");
        System.IO.File.WriteAllText(program, $"#!/bin/sh\nexec nsenter --net={netns} {Chromium} \"$@\"\n");
        System.IO.File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return program;
    }
}
