using System.CommandLine;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;

namespace TcpLens.CommandLine;

/// <summary>Runs a command line and turns everything that can go wrong into one line that says what to do, and an exit code.</summary>
internal static class Application
{
    public static int Run(IReadOnlyList<string> arguments, Surroundings around)
    {
        var language = Session.LanguageOf(around);
        string asked = CommandTree.Name;
        try
        {
            var parsed = CommandTree.Parse(arguments, around);
            asked = CommandNode.Of(parsed.CommandResult).Path;
            language = Session.LanguageOf(parsed, around);
            var session = Session.Of(parsed, around);
            if (parsed.GetValue(GlobalOptions.Help))
            {
                session.Print(HelpPage.Render(CommandNode.Of(parsed.CommandResult), session));
                return ExitCode.Success;
            }

            if (parsed.GetValue(GlobalOptions.Version))
            {
                session.Print($"tcplens {ProductVersion.Text}\n");
                return ExitCode.Success;
            }

            ParseErrors.Throw(parsed);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (ClosedPipeException)
        {
            return ExitCode.Success;
        }
        catch (UsageException usage)
        {
            Complain(around, language, usage.Words.Then(Where(asked, usage.Words)));
            return ExitCode.Usage;
        }
        catch (FailureException failure)
        {
            Complain(around, language, failure.Words);
            return ExitCode.Failure;
        }
        catch (SourceUnavailableException unavailable)
        {
            Complain(around, language, unavailable.Reason);
            return ExitCode.Failure;
        }
        catch (NamespaceNotFoundException missing)
        {
            Complain(around, language, missing.Reason);
            return ExitCode.Usage;
        }
        catch (Exception failure) when (failure is SyscallException or IOException)
        {
            Complain(around, language, new Phrase("cannot go on: {0}", "无法继续：{0}").With(failure.Message));
            return ExitCode.Failure;
        }
    }

    // Behind a message of several lines, with its caret, a line of its own.
    private static Phrase Where(string asked, Phrase words) => words.English.Contains('\n', StringComparison.Ordinal)
        ? Phrase.Same($"\n{asked} --help")
        : new Phrase($" ({asked} --help)", $"（{asked} --help）");

    private static void Complain(Surroundings around, Language language, Phrase words)
    {
        try
        {
            around.Complain(words.In(language));
        }
        catch (Exception failure) when (failure is IOException or SyscallException)
        {
            // Nobody can be told any more; the exit code still tells.
        }
    }
}
