using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Monitoring;
using TcpLens.Items;

namespace TcpLens.Serving;

/// <summary>Keeps a <see cref="ZabbixNode"/> running as the settings want it, through every change of them.</summary>
/// <param name="kernel">Read by nobody else.</param>
/// <param name="latest">Readings that somebody keeps fresh; <see langword="null"/>: the kernel is read when somebody asks.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="log">What goes wrong is said there.</param>
internal sealed class ZabbixService(IKernel kernel, Func<CancellationToken, ValueTask<IKernel?>>? latest, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private Settings? _settings;
    private ItemKeys? _items;
    private volatile ZabbixNode? _node;

    /// <summary>How each server is doing to which values are sent.</summary>
    public ImmutableArray<ServerDelivery> Deliveries => _node?.Deliveries ?? [];

    /// <summary>Starts what the settings say, which may be nothing.</summary>
    /// <exception cref="ZabbixStartException">It cannot be as they say.</exception>
    public Task StartAsync(Settings settings) => StartAsync(settings, ZabbixPlans.Of(settings));

    /// <summary>Goes on with other settings. Keys and certificates are read anew, and where they cannot be used everything stays as it was; where nothing at all has changed, no connection is cut.</summary>
    public async Task ChangeAsync(Settings settings)
    {
        bool usesFiles = settings.ZabbixTls.Connect != ZabbixProtection.Unencrypted || settings.ZabbixTls.Accept.Any(one => one != ZabbixProtection.Unencrypted);
        bool isSame = _settings is { } before && Settings.Differences(before, settings).All(one => !one.Setting.Section.StartsWith("zabbix_", StringComparison.Ordinal));
        ZabbixPlan plan;
        try
        {
            plan = ZabbixPlans.Of(settings);
        }
        catch (ZabbixStartException trouble)
        {
            // A key that cannot be read must not end what runs with the one before.
            log.WrongConfiguration(trouble.Reason.English);
            return;
        }

        if (isSame && !usesFiles && (_node is not null || plan.IsEmpty))
            return;
        await StopAsync().ConfigureAwait(false);
        try
        {
            await StartAsync(settings, plan).ConfigureAwait(false);
        }
        catch (ZabbixStartException trouble)
        {
            log.NoZabbix(trouble.Reason.English);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StartAsync(Settings settings, ZabbixPlan plan)
    {
        _settings = settings;
        if (plan.IsEmpty)
            return;
        var items = new ItemKeys(kernel, clock, plan.Identity, latest);
        try
        {
            _node = await ZabbixNode.StartAsync(plan, items, clock, log).ConfigureAwait(false);
            _items = items;
        }
        catch (ZabbixStartException)
        {
            items.Dispose();
            throw;
        }
    }

    private async Task StopAsync()
    {
        if (_node is { } node)
            await node.DisposeAsync().ConfigureAwait(false);
        _node = null;
        _items?.Dispose();
        _items = null;
    }
}
