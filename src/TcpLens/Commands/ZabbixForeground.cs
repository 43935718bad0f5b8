using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Serving;

namespace TcpLens.Commands;

/// <summary>Takes part in a Zabbix network until told to end, and nothing else.</summary>
internal static class ZabbixForeground
{
    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    /// <param name="options">The command's options.</param>
    /// <param name="parsed">What was typed.</param>
    /// <param name="around">What the program touches.</param>
    /// <param name="part">The settings that this command is about, or an exception that says what is missing.</param>
    public static async Task<int> RunAsync(SettingOptions options, ParseResult parsed, Surroundings around, Func<Settings, Settings> part)
    {
        var settings = part(StandardPlaces.Settle(options.Load(parsed, around), around.Environment));
        using var logs = new LogOutput(settings.Log, around.Environment);
        var log = logs.Factory.CreateLogger("tcplens");
        using var systemd = new SystemdNotifier(around.Environment);
        using var signals = new StopSignals();
        await using var service = new ZabbixService(around.Kernel, latest: null, around.Clock, log);
        try
        {
            await service.StartAsync(settings).ConfigureAwait(false);
            systemd.Ready("");
            while (true)
            {
                await signals.ReloadAsync().ConfigureAwait(false);
                systemd.Reloading();
                await ReloadAsync().ConfigureAwait(false);
                systemd.Ready("");
            }
        }
        catch (ZabbixStartException trouble)
        {
            throw new FailureException(trouble.Reason);
        }
        catch (OperationCanceledException) when (signals.End.IsCancellationRequested)
        {
            systemd.Stopping();
            return ExitCode.Success;
        }

        async Task ReloadAsync()
        {
            try
            {
                if (options.TryLoad(parsed, around, out var problems) is { } loaded)
                    await service.ChangeAsync(part(StandardPlaces.Settle(loaded, around.Environment))).ConfigureAwait(false);
                else
                    log.WrongConfiguration(problems.Words.English);
            }
            catch (UsageException wrong)
            {
                log.WrongConfiguration(wrong.Words.English);
            }
        }
    }
}
