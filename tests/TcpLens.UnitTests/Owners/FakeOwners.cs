using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.UnitTests.Owners;

/// <summary>Owners that a test has laid down: by inode, and for what the kernel alone holds by the local port.</summary>
internal sealed class FakeOwners : IOwnerLookup
{
    public static Owner Nginx { get; } = new Owner
    {
        ProcessId = 811,
        StartTime = 5,
        Process = "nginx",
        CommandLine = "nginx: master process /usr/sbin/nginx -g daemon on; master_process on;",
        Unit = "nginx.service",
        User = "root",
    }.Named();

    public static Owner Sshd { get; } = new Owner { ProcessId = 700, Process = "sshd", CommandLine = "sshd: /usr/sbin/sshd -D", Unit = "ssh.service", User = "root" }.Named();

    public static Owner Java { get; } = new Owner
    {
        ProcessId = 4711,
        Process = "java",
        CommandLine = "java -Xmx2g -jar /app/shop.jar",
        Container = new ContainerName("containerd", "0123456789ab", "3f1e9c2d-0000-1111-2222-333344445555"),
        User = "1000",
    }.Named();

    /// <summary>The owners of <see cref="CommandLine.SampleReadings.Sockets"/>.</summary>
    public static FakeOwners OfSamples { get; } = new()
    {
        ByInode = { [11] = Nginx, [12] = Nginx, [13] = Sshd, [14] = Java },
        ByPort = { [443] = new OwnerSighting(Nginx, OwnerCertainty.Remembered, 12) },
    };

    public Dictionary<uint, Owner> ByInode { get; } = [];

    public Dictionary<ushort, OwnerSighting> ByPort { get; } = [];

    public OwnerSighting OwnerOf(in SocketRecord socket) => socket.Inode == 0
        ? ByPort.GetValueOrDefault(socket.Local.Port)
        : ByInode.TryGetValue(socket.Inode, out var owner) ? new OwnerSighting(owner, OwnerCertainty.Held, 40) : default;
}
