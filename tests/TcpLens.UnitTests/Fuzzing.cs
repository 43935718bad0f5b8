using TcpLens.Fuzz;
using Xunit;

namespace TcpLens.UnitTests;

public sealed class Fuzzing
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Seeds_and_two_thousand_mutations_break_no_parser(string name)
    {
        var target = FuzzTargets.All.Single(candidate => candidate.Name == name);
        Assert.NotEmpty(target.ReadSeeds());
        using var fuzzer = new Fuzzer(target, seed: 20_260_101);
        var failure = fuzzer.Attack(firstRun: 0, runs: target.ReadSeeds().Length + 2_000, TimeSpan.MaxValue);
        Assert.True(failure is null, $"run {failure?.Run}: {failure?.Problem}\n{Convert.ToHexString(failure?.Input ?? [])}");
    }

    [Fact]
    public void A_broken_parser_is_found_and_the_run_can_be_repeated()
    {
        var target = new FuzzTarget("filter", data =>
        {
            if (data.Contains((byte)0xfe) && data.Length > 10)
                throw new InvalidOperationException("broken");
        });
        using var fuzzer = new Fuzzer(target, seed: 7);
        var failure = fuzzer.Attack(0, 100_000, TimeSpan.MaxValue);
        Assert.NotNull(failure);
        Assert.Contains("broken", failure.Problem, StringComparison.Ordinal);
        Assert.Equal(failure.Input, fuzzer.InputOf(failure.Run));

        using var another = new Fuzzer(target, seed: 7);
        Assert.Equal(failure.Input, another.Attack(failure.Run, 1, TimeSpan.MaxValue)?.Input);
    }

    [Fact]
    public void A_slow_parser_is_found()
    {
        using var fuzzer = new Fuzzer(new FuzzTarget("state", _ => Thread.Sleep(Fuzzer.SlowRun + TimeSpan.FromMilliseconds(100))), seed: 1);
        Assert.Contains("longer than", fuzzer.Attack(0, 1, TimeSpan.MaxValue)?.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_end_at_an_inaccessible_page()
    {
        using var buffer = new GuardedBuffer();
        Assert.Contains(File.ReadLines("/proc/self/maps"), line => line.StartsWith($"{buffer.Border:x}-", StringComparison.Ordinal) && line.Contains("---p", StringComparison.Ordinal));
        foreach (int length in (int[])[0, 1, 3, 4096, GuardedBuffer.Capacity])
        {
            var placed = buffer.Place(new byte[length]);
            Assert.Equal(length, placed.Length);
            Assert.Equal(buffer.Border, AddressBehind(placed));
        }
    }

    [Fact]
    public void The_input_that_kills_the_process_stays_in_a_file()
    {
        string path = Path.GetTempFileName();
        using (var buffer = new GuardedBuffer(path))
        {
            buffer.Place("deadly"u8);
            Assert.Equal("deadly"u8.ToArray(), GuardedBuffer.Recover(path));
        }

        Assert.False(File.Exists(path));
        Assert.Null(GuardedBuffer.Recover(path));
    }

    private static unsafe nint AddressBehind(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = &System.Runtime.InteropServices.MemoryMarshal.GetReference(data))
            return (nint)(start + data.Length);
    }
}
