using System.Text;
using TcpLens.CommandLine;
using TcpLens.LocalSocket;
using TcpLens.Outputs.Terminal;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>One run of the program inside the test: what it printed and how it ended.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Tests that build the command tree share its options, and so do not run beside each other.</summary>
    public const string Collection = "command line";

    public static CommandRun Of(FakeKernel kernel, params string[] arguments) => In(new World(), kernel, arguments);

    public static CommandRun In(World world, FakeKernel kernel, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = Application.Run(arguments, new Surroundings
        {
            Output = world.Output ?? output,
            Error = world.Error ?? error,
            IsTerminal = world.IsTerminal,
            Columns = () => world.Columns,
            Environment = name => world.Environment.GetValueOrDefault(name),
            Variables = prefix => world.Environment.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal),
            Clock = world.Clock,
            Kernel = kernel,
            Resident = world.Resident,
        });
        return new CommandRun(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Fails unless it ended well and said nothing on standard error.</summary>
    public string Good()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, Code);
        return Output;
    }

    /// <summary>Fails unless it refused the command line, said so on standard error and printed nothing.</summary>
    public string Refused()
    {
        Assert.Equal("", Output);
        Assert.Equal(2, Code);
        Assert.StartsWith("tcplens: ", Error, StringComparison.Ordinal);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        return Error;
    }

    public static void AssertFits(string text, int columns = 80) =>
        Assert.All(text.Split('\n'), line => Assert.True(TextLayout.Width(line) <= columns, $"{TextLayout.Width(line)} columns: {line}"));

    /// <summary>What is around the program in a test; a pipe in English unless said otherwise.</summary>
    public sealed record World
    {
        public bool IsTerminal { get; init; }

        public int Columns { get; init; }

        public Dictionary<string, string> Environment { get; init; } = new(StringComparer.Ordinal);

        public TimeProvider Clock { get; init; } = TimeProvider.System;

        /// <summary>The resident monitor that is asked first; usually none.</summary>
        public LocalClient? Resident { get; init; }

        public Stream? Output { get; init; }

        public Stream? Error { get; init; }
    }
}
