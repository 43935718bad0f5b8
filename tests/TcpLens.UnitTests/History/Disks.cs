using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>Real file systems that are full, read-only or somebody else's, in mount namespaces of their own.</summary>
public sealed class Disks
{
    [Fact]
    public async Task A_full_disk_is_told_and_storing_goes_on_by_itself_when_there_is_room()
    {
        Require.Root();
        using var box = new HistoryBox();
        using var writer = WriterProcess.Behind($"mount -t tmpfs -o size=3m none {box.Folder}", box.Settings.Path);
        Assert.Equal("True lost 0: ", await writer.Ask("add 100"));
        await writer.Ask("fill");
        string full = $"the disk with {box.Settings.Path} is full: free some space; storing goes on by itself";
        Assert.Equal($"False lost 0: {full}", await writer.Ask("add 200"));
        // The queue holds five minutes, the notes of the history among them.
        Assert.StartsWith("False lost 10", await writer.Ask("add 200"), StringComparison.Ordinal);
        await writer.Ask("free");
        await writer.Ask("pass 11");
        Assert.StartsWith("True lost 10", await writer.Ask("add 1"), StringComparison.Ordinal);
        Assert.StartsWith("True lost 10", await writer.Ask("add 100"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_full_from_the_start_is_told_and_tried_again()
    {
        Require.Root();
        using var box = new HistoryBox();
        using var writer = WriterProcess.Behind($"mount -t tmpfs -o size=1m none {box.Folder}; dd if=/dev/zero of={box.Folder}/filler bs=4k status=none 2>/dev/null || true", box.Settings.Path);
        Assert.StartsWith($"False lost 0: ", await writer.Ask("add 10"), StringComparison.Ordinal);
        await writer.Ask("free");
        await writer.Ask("pass 11");
        Assert.Equal("True lost 0: ", await writer.Ask("add 1"));
    }

    [Fact]
    public async Task A_read_only_file_system_is_told()
    {
        Require.Root();
        using var box = new HistoryBox();
        using var writer = WriterProcess.Behind($"mount -t tmpfs none {box.Folder}; mount -o remount,ro {box.Folder}", box.Settings.Path);
        Assert.Equal(
            $"False lost 0: {box.Settings.Path} is read-only: mount its file system writable, or give the file to the user of the monitor", await writer.Ask("add 10"));
    }

    [Fact]
    public async Task A_directory_of_somebody_else_is_told()
    {
        Require.Root();
        using var box = new HistoryBox();
        // Without the capability that lets root write everywhere, root is a stranger in this directory.
        using var writer = WriterProcess.Behind($"mount -t tmpfs -o mode=700,uid=12345 none {box.Folder}; set -- setpriv --bounding-set=-all --inh-caps=-all --no-new-privs \"$@\"", box.Settings.Path);
        Assert.StartsWith($"False lost 0: no permission for {box.Settings.Path}: ", await writer.Ask("add 10"), StringComparison.Ordinal);
    }
}
