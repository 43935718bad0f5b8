using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Web;
using TcpLens.Serving;

namespace TcpLens.Commands;

/// <summary><c>tcplens serve</c>: the resident monitor, in the foreground until it is told to end.</summary>
internal static class ServeCommand
{
    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("serve", new("watch all the time: history, dashboard, metrics, API", "持续监控：历史记录、仪表板、指标与 API"))
        {
            Details = new Phrase(
                "Runs in the foreground and needs no privilege. The dashboard is at http://127.0.0.1:11011 unless --listen says otherwise. SIGHUP reads the configuration anew, SIGTERM or Ctrl-C ends it. Other commands and Zabbix items on this host ask it instead of the kernel.",
                "在前台运行，无需特权。仪表板默认位于 http://127.0.0.1:11011，可用 --listen 更改。SIGHUP 重新读取配置，SIGTERM 或 Ctrl-C 结束。本机上的其他命令与 Zabbix 监控项会向它询问，而不再各自读取内核。"),
            Examples =
            [
                new("tcplens serve", new("watch this host", "监控本机")),
                new("tcplens serve --listen 127.0.0.1:8080 --interval 5s", new("another port, every five seconds", "使用其他端口，每五秒采样一次")),
                new("tcplens history --from -2h", new("what it has seen", "查看它记录的历史")),
            ],
        };
        foreach (var option in SettingOptions.Serve.All)
            command.Add(option);
        command.SetAction(parsed => RunAsync(parsed, around).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var settings = StandardPlaces.Settle(SettingOptions.Serve.Load(parsed, around), around.Environment);
        using var logs = new LogOutput(settings.Log, around.Environment);
        using var systemd = new SystemdNotifier(around.Environment);
        using var signals = new StopSignals();
        await using var resident = new Resident(settings, logs, around.Clock);
        try
        {
            await resident.StartAsync(signals.End);
            foreach (var address in resident.Addresses)
                session.Print($"{address.GetLeftPart(UriPartial.Authority)}\n");
            systemd.Ready(Places(resident));
            using var watchdog = new Watchdog(systemd, resident.Board, around.Clock);
            var ended = resident.Ended;
            while (!signals.End.IsCancellationRequested && !ended.IsCompleted)
            {
                var wanted = signals.ReloadAsync();
                if (await Task.WhenAny(wanted, ended) == wanted && wanted.IsCompletedSuccessfully)
                    await ReloadAsync(parsed, around, resident, systemd, logs, signals.End);
            }
        }
        catch (WebStartException trouble)
        {
            throw new FailureException(trouble.Reason);
        }
        catch (ZabbixStartException trouble)
        {
            throw new FailureException(trouble.Reason);
        }
        catch (OperationCanceledException) when (signals.End.IsCancellationRequested)
        {
            // Told to end while starting.
        }

        systemd.Stopping();
        if (resident.Ended is { IsCompletedSuccessfully: true, Result: { } broken })
            throw new FailureException(new Phrase("sampling broke off: {0}", "采样中断：{0}").With(broken));
        return ExitCode.Success;
    }

    private static string Places(Resident resident) => string.Join(' ', resident.Addresses.Select(address => address.GetLeftPart(UriPartial.Authority)));

    private static async Task ReloadAsync(ParseResult parsed, Surroundings around, Resident resident, SystemdNotifier systemd, LogOutput logs, CancellationToken end)
    {
        systemd.Reloading();
        if (SettingOptions.Serve.TryLoad(parsed, around, out var problems) is { } loaded)
            await resident.ChangeAsync(StandardPlaces.Settle(loaded, around.Environment), end);
        else
            logs.Factory.CreateLogger("tcplens").WrongConfiguration(problems.Words.English);
        systemd.Ready(Places(resident));
    }
}
