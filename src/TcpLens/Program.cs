using System.Collections;
using TcpLens.CommandLine;
using TcpLens.Commands;
using TcpLens.Linux.Interop;
using TcpLens.LocalSocket;

namespace TcpLens;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        using var output = new StandardStream(1);
        using var error = new StandardStream(2);
        using var kernel = new LinuxKernel(TimeProvider.System);
        var around = new Surroundings
        {
            Output = output,
            Error = error,
            IsErrorJournal = static () => StandardStream.IsJournal(2, Environment.GetEnvironmentVariable("JOURNAL_STREAM")),
            IsTerminal = StandardStream.IsTerminal(1),
            Columns = static () => StandardStream.TerminalColumns(1),
            Environment = Environment.GetEnvironmentVariable,
            Variables = Variables,
            Clock = TimeProvider.System,
            Kernel = kernel,
            Resident = new LocalClient(Environment.GetEnvironmentVariable),
        };
        return ZabbixCommand.TryGetAtOnce(arguments, around) ?? ZabbixPluginCommand.TryServeAtOnce(arguments, around) ?? Application.Run(arguments, around);
    }

    private static Dictionary<string, string> Variables(string prefix) => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(one => ((string)one.Key).StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(one => (string)one.Key, one => (string?)one.Value ?? "", StringComparer.Ordinal);
}
