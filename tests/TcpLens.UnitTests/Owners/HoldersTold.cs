using TcpLens.Linux.Bpf;
using TcpLens.Linux.Owners;
using Xunit;

namespace TcpLens.UnitTests.Owners;

/// <summary>All holders at once, as the kernel tells them.</summary>
public sealed class HoldersTold
{
    [Fact]
    public void The_oldest_process_is_the_holder_of_a_shared_socket_in_whatever_order_they_come()
    {
        using var tree = new HolderTree();
        tree.Process(40, 9, "child").Process(41, 7, "parent").Process(42, 8, "other").Process(1, 1, "systemd");
        foreach (int[] order in (int[][])[[40, 41, 42, 1], [1, 42, 41, 40], [41, 1, 41, 40]])
        {
            var told = new ToldHolders(tree.Roots, 10);
            Assert.All(order, process => Assert.True(told.Take(new HolderRecord(100, process))));
            Assert.Equal("parent", told.Find(100)?.Owner.Process);
            Assert.Null(told.Find(101));
        }
    }

    [Fact]
    public void A_process_that_has_ended_holds_nothing()
    {
        using var tree = new HolderTree();
        tree.Process(41, 7, "heir");
        var told = new ToldHolders(tree.Roots, 0);
        told.Take(new HolderRecord(100, 40));
        told.Take(new HolderRecord(101, 40));
        told.Take(new HolderRecord(101, 41));
        told.Take(new HolderRecord(102, 41));
        told.Take(new HolderRecord(102, 40));
        Assert.Equal((null, "heir", "heir"), (told.Find(100)?.Owner.Process, told.Find(101)?.Owner.Process, told.Find(102)?.Owner.Process));
    }

    [Fact]
    public void There_is_room_for_so_many_sockets_and_no_more()
    {
        using var tree = new HolderTree();
        var told = new ToldHolders(tree.Roots, long.MaxValue);
        for (uint inode = 1; inode <= OwnerTable.SocketsMaximum; inode++)
            Assert.True(told.Take(new HolderRecord(inode, 40)));
        Assert.False(told.IsFull);
        Assert.True(told.Take(new HolderRecord(1, 40)));
        Assert.False(told.Take(new HolderRecord(0, 40)));
        Assert.True(told.IsFull);
    }
}
