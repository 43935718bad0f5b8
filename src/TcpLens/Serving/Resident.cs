using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Explain;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Namespaces;
using TcpLens.Linux.Reading;
using TcpLens.LocalSocket;
using TcpLens.Outputs.Web;

namespace TcpLens.Serving;

/// <summary>
/// The resident monitor: one sampling loop, and around it what tells of its reports (history, web server, local socket, Zabbix). Everything but the
/// loop may fail and be said to; the loop goes on.
/// </summary>
internal sealed class Resident : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly LogOutput _logs;
    private readonly ILogger _log;
    private readonly DateTimeOffset _runStart;
    private readonly ReportBoard _board = new();
    private readonly LiveConnections _connections;
    private readonly CurrentHistory _history;
    private readonly AlertQueue _alerts;
    private readonly OwnerWatch _owners;
    private readonly LinuxKernel _idleKernel;
    private readonly IdleWatch _idle;
    private readonly UsualHours _usual;
    private readonly Sampler _sampler;
    private readonly SamplingLoop _loop;
    private readonly LinuxKernel _kernel;
    private readonly ZabbixService _zabbix;
    private Settings _settings;
    private Report? _before;
    private WebServer? _web;
    private ReadOnlyMemory<byte> _token;
    private LocalServer? _local;

    public Resident(Settings settings, LogOutput logs, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _logs = logs;
        _log = logs.Factory.CreateLogger("tcplens");
        _runStart = clock.GetUtcNow();
        _connections = new LiveConnections(clock);
        _history = new CurrentHistory(clock, Log);
        _alerts = new AlertQueue(settings.Alerts, _log);
        var plan = Plans.Of(settings.Sampling);
        _owners = new OwnerWatch(_connections, OwnNamespace.Name, plan.WatchesAll, clock);
        _idleKernel = new LinuxKernel(clock);
        _idle = new IdleWatch(_idleKernel, settings.Thresholds.IdleAge, clock);
        _usual = new UsualHours(_history, clock);
        _sampler = new Sampler(new LinuxSampledKernel(clock, plan.Source), plan, clock)
        {
            Owners = () => _owners.Latest,
            Idle = () => _idle.Latest,
            Thresholds = settings.Thresholds,
            Usual = () => _usual.Latest,
        };
        _loop = new SamplingLoop(_sampler, _board, Take, clock);
        _kernel = new LinuxKernel(clock);
        var fresh = new FreshReports(_board, _loop, clock);
        _zabbix = new ZabbixService(_kernel, async end => new ReportKernel(await fresh.NextAsync(end).ConfigureAwait(false)), clock, _log);
    }

    /// <summary>Ends when the loop ends: with what broke it, or <see langword="null"/>.</summary>
    public Task<Exception?> Ended => _loop.Ended;

    public ReportBoard Board => _board;

    /// <summary>Where the dashboard is; empty without one.</summary>
    public ImmutableArray<Uri> Addresses => _web?.Addresses ?? [];

    /// <summary>Starts everything, the loop first.</summary>
    /// <exception cref="WebStartException">The web server cannot start: the settings are wrong, or the address is taken.</exception>
    /// <exception cref="ZabbixStartException">The same of what talks with Zabbix.</exception>
    public async Task StartAsync(CancellationToken end)
    {
        _history.Change(Plans.Of(_settings.History));
        _history.Add(new Annotation(_runStart, AnnotationKind.Started, new Phrase("tcplens {0} started", "tcplens {0} 启动").With(ProductVersion.Text)));
        _loop.Start();
        _owners.Start();
        _idle.Start();
        var first = await _board.NextAsync(0, end).ConfigureAwait(false);
        _log.Started(
            ProductVersion.Text, first.HostName, first.Kernel, first.Own?.States.Source ?? first.Failure!.Value.English, first.Pace.Wanted.TotalSeconds, first.Pace.BudgetPercent);
        foreach (var sight in Visible)
        {
            if (sight.Can)
                _log.Sees(sight.What.English);
            else
                _log.DoesNotSee(sight.What.English, sight.Needs?.English);
        }

        if (_settings.History.Enabled)
            _log.KeepsHistory(_settings.History.File);
        if (Plans.Of(_settings.Web) is { } web)
            await StartWebAsync(web, end).ConfigureAwait(false);
        StartLocal(first.OwnName.Inode);
        await _zabbix.StartAsync(_settings).ConfigureAwait(false);
    }

    /// <summary>Goes on with other settings, as far as they can be changed while running; no sample is lost.</summary>
    public async Task ChangeAsync(Settings settings, CancellationToken end)
    {
        var before = _settings;
        var next = Changeable(before, settings);
        Outputs.Web.WebSettings? web;
        try
        {
            web = Plans.Of(next.Web);
        }
        catch (WebStartException wrong)
        {
            _log.WrongConfiguration(wrong.Reason.English);
            return;
        }

        var differences = Settings.Differences(before, settings);
        if (differences.IsEmpty)
            _log.NothingChanged();
        foreach (var one in differences)
        {
            if (one.AppliesAtOnce)
                _log.Changed(one.Setting.Name, one.Old, one.New);
            else
                _log.NeedsRestart(one.Setting.Name, one.Old, one.New);
        }

        _settings = next;
        _logs.Change(_settings.Log);
        var applied = differences.Where(one => one.AppliesAtOnce).ToArray();
        _loop.Change(() => Apply(before, applied));
        if (web is not null && (_web is null || applied.Any(IsOfWeb) || !web.Token.GetValueOrDefault().Span.SequenceEqual(_token.Span)))
            await ChangeWebAsync(web, end).ConfigureAwait(false);
        await _zabbix.ChangeAsync(next).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _zabbix.DisposeAsync().ConfigureAwait(false);
        if (_local is not null)
            await _local.DisposeAsync().ConfigureAwait(false);
        if (_web is not null)
            await _web.DisposeAsync().ConfigureAwait(false);
        _loop.Stop();
        await _alerts.DisposeAsync().ConfigureAwait(false);
        await _usual.DisposeAsync().ConfigureAwait(false);
        _history.Add(new Annotation(_clock.GetUtcNow(), AnnotationKind.Stopped, new Phrase("tcplens {0} stopped", "tcplens {0} 停止").With(ProductVersion.Text)));
        _history.Dispose();
        _log.Ending(_board.Latest?.Number ?? 0, _board.Latest?.Pace.Missed ?? 0, _history.Status.Lost);
        _loop.Dispose();
        _owners.Dispose();
        _idle.Dispose();
        _idleKernel.Dispose();
        _connections.Dispose();
        _kernel.Dispose();
    }

    private ImmutableArray<Visibility> Visible => Sights.Of(Capabilities.Own, _board.Latest!.OwnName, _settings.Sampling.Netns == NamespaceScope.All, _board.Latest!.Own?.States);

    private WebContent Content => new()
    {
        Board = _board,
        History = _history,
        Connections = _connections,
        HostValues = () => HostValues.Read(setting => KernelSettingFile.Read(setting.Path)),
        Version = ProductVersion.Text,
        Visibility = Visible,
        RunStart = _runStart,
        Deliveries = () => _zabbix.Deliveries,
        Clock = _clock,
    };

    private async Task StartWebAsync(Outputs.Web.WebSettings web, CancellationToken end)
    {
        _web = await WebServer.StartAsync(web, Content, _logs.Factory, end).ConfigureAwait(false);
        _token = web.Token.GetValueOrDefault();
        foreach (var address in Addresses)
            _log.Listening(address);
    }

    // The pages tell what the monitor sees: that is another when it watches all namespaces.
    private static bool IsOfWeb(SettingsDifference one) => one.Setting is { Section: "web" } or { Section: "sampling", Key: "netns" };

    // What needs a restart stays as it is, so that the next reload still tells of it.
    private static Settings Changeable(Settings before, Settings wanted) => wanted with
    {
        Web = wanted.Web with
        {
            Enabled = before.Web.Enabled,
            Listen = before.Web.Listen,
            CertificateFile = before.Web.CertificateFile,
            KeyFile = before.Web.KeyFile,
        },
        History = wanted.History with { Enabled = before.History.Enabled, File = before.History.File },
        Socket = before.Socket,
        Log = wanted.Log with { Format = before.Log.Format },
    };

    // Whatever prevents it costs the web server alone, and the next reload tries again.
    private async Task ChangeWebAsync(Outputs.Web.WebSettings web, CancellationToken end)
    {
        if (_web is { } old)
        {
            // Where any free port would do, it remains the one that people know.
            web = web with { Listen = [.. web.Listen.Zip(old.Addresses, (one, address) => new IPEndPoint(one.Address, address.Port))] };
            _web = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }

        try
        {
            await StartWebAsync(web, end).ConfigureAwait(false);
        }
        catch (WebStartException trouble)
        {
            _log.NoWeb(trouble.Reason.English);
        }
    }

    private void StartLocal(ulong inode)
    {
        if (!_settings.Socket.Enabled)
            return;
        try
        {
            uint? group = _settings.Socket.Group.Length == 0 ? null : UserGroup.Find(_settings.Socket.Group);
            _local = LocalServer.Start(_settings.Socket.Path, group, inode, new FreshReports(_board, _loop, _clock).NextAsync);
        }
        catch (LocalSocketException trouble)
        {
            _log.NoLocalSocket(trouble.Message);
        }
    }

    // By the loop's thread, between two ticks.
    private void Apply(Settings before, SettingsDifference[] applied)
    {
        if (before.Sampling != _settings.Sampling)
        {
            var plan = Plans.Of(_settings.Sampling);
            _owners.WatchesAll = plan.WatchesAll;
            _sampler.Change(plan, before.Sampling.Source == plan.Source ? null : new LinuxSampledKernel(_clock, plan.Source));
        }

        if (before.History != _settings.History)
            _history.Change(Plans.Of(_settings.History));
        _sampler.Thresholds = _settings.Thresholds;
        _idle.Age = _settings.Thresholds.IdleAge;
        _alerts.Change(_settings.Alerts);
        if (applied.Length > 0)
            _history.Add(new Annotation(_clock.GetUtcNow(), AnnotationKind.Configuration, Phrase.Same(string.Join("; ", applied.Select(one => $"{one.Setting.Name} {one.Old} → {one.New}")))));
    }

    // By the loop's thread, after each tick.
    private void Take(Report report)
    {
        _history.Add(report);
        _alerts.Add(report);
        if (_before is not null)
        {
            foreach (var annotation in ReportChanges.Between(_before, report))
            {
                _history.Add(annotation);
                Log(annotation);
            }
        }

        _before = report;
    }

    private void Log(Annotation annotation)
    {
        if (annotation.Kind is AnnotationKind.Gap or AnnotationKind.History or AnnotationKind.Clock)
            _log.Trouble(annotation.Kind.ToString(), annotation.Text.English);
        else
            _log.Noted(annotation.Kind.ToString(), annotation.Text.English);
    }
}
