using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TcpLens.CommandLine;
using TcpLens.Linux.Interop;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

public sealed class ErrorsInTheJournal
{
    [Theory]
    [InlineData(false, "tcplens: wrong\n  here\n")]
    [InlineData(true, "<3>tcplens: wrong\n<3>  here\n")]
    public void Each_line_says_there_that_it_is_an_error(bool isJournal, string expected)
    {
        using var error = new MemoryStream();
        var around = new Surroundings { Output = Stream.Null, Error = error, IsErrorJournal = () => isJournal, IsTerminal = false, Environment = _ => null, Clock = TimeProvider.System, Kernel = new FakeKernel() };
        around.Complain("wrong\n  here");
        Assert.Equal(expected, Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void The_journal_is_the_stream_that_systemd_has_named_and_no_other()
    {
        using var stream = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        int descriptor = (int)stream.Handle;
        string link = File.ResolveLinkTarget($"/proc/self/fd/{descriptor}", returnFinalTarget: false)!.Name;
        ulong inode = ulong.Parse(link["socket:[".Length..^1], CultureInfo.InvariantCulture);
        Assert.True(StandardStream.IsJournal(descriptor, $"9:{inode}"));
        Assert.False(StandardStream.IsJournal(descriptor, $"9:{inode + 1}"));
        Assert.False(StandardStream.IsJournal(descriptor, null));
        Assert.False(StandardStream.IsJournal(descriptor, ""));
        Assert.False(StandardStream.IsJournal(99_999, $"9:{inode}"));
    }
}
