using System.CommandLine;
using System.Net.Sockets;
using TcpLens.CommandLine;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Items;
using TcpLens.Linux.Interop;
using TcpLens.LocalSocket;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Plugin;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix plugin</c>: a loadable plugin of Zabbix agent 2.</summary>
internal static class ZabbixPluginCommand
{
    /// <summary>The word behind <c>Plugins.</c> in the agent's configuration.</summary>
    public const string Name = "TcpLens";

    /// <summary>The plugin's option: where the resident monitor listens.</summary>
    public const string SocketOption = "Socket";

    private static readonly WordsArgument s_socket = new("SOCKET", new("the agent's socket, which the agent gives", "agent 的套接字，由 agent 给出"), ArgumentArity.ExactlyOne);

    private static readonly WordsArgument s_first = new("FIRST", new("true: the agent asks what the plugin is; false: it asks keys", "true：agent 询问插件信息；false：agent 询问监控项"), ArgumentArity.ExactlyOne)
    {
        Values = ["true", "false"],
    };

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("plugin", new("the keys as a loadable plugin of Zabbix agent 2", "作为 Zabbix agent 2 的可加载插件提供监控项键"))
        {
            Details = new(
                "For agent 2 of Zabbix 7.0 and newer. The agent starts it itself, with its socket and the word true (what are you?) or false (answer keys): the program's own path is all that its configuration needs, and no process is started for each value. Plugins.TcpLens.Socket=PATH names another socket of the resident monitor. The keys must not be user parameters of the same agent. With agent 2 of 6.0 use user parameters instead (tcplens zabbix install): 6.0.14 fails to start now and then, because it does not bear that a plugin ends after it has told what it is. Should the program end while the agent runs, agent 2 ends with it; so it takes no signal to end, and an error costs one key at most.",
                "适用于 Zabbix 7.0 及更新版本的 agent 2。agent 会自行启动本程序，并传入其套接字和 true（询问插件信息）或 false（回答监控项）：配置中只需写本程序的路径，取值时不必每次启动进程。Plugins.TcpLens.Socket=PATH 可指定常驻监控的另一个套接字。同一 agent 中不得再把这些键定义为用户参数。6.0 的 agent 2 请改用用户参数（tcplens zabbix install）：6.0.14 在插件报告信息并退出后偶尔会启动失败。若本程序在 agent 运行期间结束，agent 2 也会结束；因此它忽略终止信号，出错最多影响一个键。"),
            Examples = [new("Plugins.TcpLens.System.Path=/usr/bin/tcplens", new("the line in zabbix_agent2.d/plugins.d/tcplens.conf", "写入 zabbix_agent2.d/plugins.d/tcplens.conf 的一行"))],
        };
        command.Add(s_socket);
        command.Add(s_first);
        command.SetAction(parsed => Run(parsed.GetValue(s_socket)![0], parsed.GetValue(s_first)![0], around));
        return command;
    }

    /// <summary>
    /// Serves the agent that started the program, without the command tree. The agent can be told a path alone and gives two words, its socket
    /// and true or false: no other command line begins with a path. <see langword="null"/> for any other command line.
    /// </summary>
    public static int? TryServeAtOnce(string[] arguments, Surroundings around)
    {
        string? path = arguments switch
        {
            [['/', ..] socket, "true" or "false"] => socket,
            ["zabbix", "plugin", ['/', ..] socket, "true" or "false"] => socket,
            _ => null,
        };
        if (path is null)
            return null;
        try
        {
            return Serve(path, around);
        }
        catch (FailureException)
        {
            // The usual way knows how to say it.
            return Application.Run(["zabbix", "plugin", .. arguments[^2..]], around);
        }
    }

    /// <summary>Answers the agent at the other end until it ends the session. Nothing that goes wrong leaves it: the agent would end too.</summary>
    internal static async Task ServeAsync(Stream agent, Surroundings around, CancellationToken cancel)
    {
        try
        {
            string? socket = null;
            var resident = around.Resident is null ? null : new LocalClient(name => name == LocalClient.PathVariable && socket is not null ? socket : around.Environment(name));
            using var own = new ItemKeys(around.Kernel, around.Clock, identity: null, latest: null, resident is null ? null : () => resident.Presence);
            using var first = resident is null ? null : new ResidentItems(resident, own, around.Clock);
            var description = new PluginDescription(Name, [.. Metrics()], [SocketOption], options => socket = options.GetValueOrDefault(SocketOption));
            await PluginSession.RunAsync(agent, first ?? (IItemSource)own, description, around.Clock, cancel).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await TellAsync(agent, failure).ConfigureAwait(false);
        }
    }

    private static int Run(string socket, string first, Surroundings around) => s_first.Values.Contains(first, StringComparer.Ordinal)
        ? Serve(socket, around)
        : throw UsageException.Unknown(new Phrase("word", "参数"), first, s_first.Values);

    private static int Serve(string path, Surroundings around)
    {
        OwnProcess.IgnoreRequestsToEnd();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw new FailureException(new Phrase("no Zabbix agent 2 listens at {0}: {1}", "没有 Zabbix agent 2 在 {0} 监听：{1}").With(path, failure.Message));
        }

        using var agent = new NetworkStream(socket);
        ServeAsync(agent, around, CancellationToken.None).GetAwaiter().GetResult();
        // The agent waits for the process to be gone, and 6.0 not for long.
        OwnProcess.EndAtOnce(ExitCode.Success);
        return ExitCode.Success;
    }

    private static async Task TellAsync(Stream agent, Exception failure)
    {
        try
        {
            await agent.WriteAsync(PluginAnswer.Log(PluginSeverity.Error, $"tcplens: {failure.Message}")).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // There is nobody left to be told.
        }
    }

    // The agent demands a sentence: a capital in front and a dot behind.
    private static IEnumerable<PluginMetric> Metrics() =>
    [
        .. TcpStates.All.Select(info => new PluginMetric(info.Linux, $"Number of TCP sockets in state {info.Linux}.")),
        new(KeyNames.States, "One reading of all TCP states, queues, limits and counters, as JSON."),
        new(KeyNames.State, "Number of TCP sockets by state, ports, addresses and network namespace."),
        new(KeyNames.Findings, "What the resident monitor has found wrong, as JSON."),
        new(KeyNames.Ports, "Listening TCP ports, for low-level discovery."),
        new(KeyNames.Namespaces, "Network namespaces, for low-level discovery."),
        new(KeyNames.Services, "The services with the most TCP sockets, by state, as JSON."),
    ];
}
