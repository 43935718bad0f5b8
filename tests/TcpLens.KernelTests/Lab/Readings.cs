using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Lab;
using Xunit;

namespace TcpLens.KernelTests.Lab;

/// <summary>
/// Readings of a lab's namespace by means that are not TcpLens: <c>ss</c>, the text of /proc, and a bare netlink dump for what those two do not
/// see. A reading is a table, one line for each state: total, IPv6 sockets, v4-mapped ones among them.
/// </summary>
internal static class Readings
{
    public static string Table(StateCounts counts, bool withClose = false) => Table(state => counts[state]!.Value, withClose);

    public static string BySs(StateLab lab)
    {
        var counts = new StateCount[TcpStates.TableLength];
        foreach (string line in Lines(lab, "ss", "-4", "-tanH"))
            Count(counts, State(line), 1, 0, 0);
        foreach (string line in Lines(lab, "ss", "-6", "-tanH"))
            Count(counts, State(line), 0, 1, line.Contains("[::ffff:", StringComparison.Ordinal) ? 1 : 0);
        return Table(state => counts[(int)state], withClose: false);

        static TcpState State(string line) =>
            TcpStates.TryParse(line.Split(' ')[0], out var info) ? info.State : throw new InvalidDataException(line);
    }

    public static string ByProc(StateLab lab)
    {
        var counts = new StateCount[TcpStates.TableLength];
        foreach (string[] row in ProcRows(lab, "tcp"))
            Count(counts, ProcState(row), 1, 0, 0);
        foreach (string[] row in ProcRows(lab, "tcp6"))
            Count(counts, ProcState(row), 0, 1, (row[1] + row[2]).Contains("0000000000000000FFFF0000", StringComparison.Ordinal) ? 1 : 0);
        return Table(state => counts[(int)state], withClose: false);
    }

    /// <summary>Sockets in FIN_WAIT2 that no process holds, by inode 0 in /proc.</summary>
    public static int OrphanFinWait2(StateLab lab) =>
        ProcRows(lab, "tcp").Concat(ProcRows(lab, "tcp6")).Count(row => ProcState(row) == TcpState.FinWait2 && row[9] == "0");

    /// <summary>Bound sockets, by a SOCK_DIAG_BY_FAMILY dump with nothing but bit 13 in its mask: neither ss nor /proc shows them.</summary>
    public static StateCount BoundOnly(StateLab lab) => lab.Run(() =>
    {
        var (ipv4, _) = DumpBoundOnly(Constants.AF_INET);
        var (ipv6, mapped) = DumpBoundOnly(Constants.AF_INET6);
        return new StateCount(ipv4, ipv6, mapped);
    });

    /// <summary>What a program started inside the lab writes.</summary>
    public static string[] Lines(StateLab lab, string program, params string[] arguments) => lab.Run(() => Lines(program, arguments));

    public static string[] Lines(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Table(Func<TcpState, StateCount> count, bool withClose) =>
        string.Join('\n', TcpStates.All
            .Where(info => withClose || info.State != TcpState.Close)
            .Select(info => (info.Linux, Count: count(info.State)))
            .Select(row => $"{row.Linux} {row.Count.Total} {row.Count.Ipv6} {row.Count.V4Mapped}"));

    private static void Count(StateCount[] counts, TcpState state, long ipv4, long ipv6, long mapped) =>
        counts[(int)state] += new StateCount(ipv4, ipv6, mapped);

    private static IEnumerable<string[]> ProcRows(StateLab lab, string file) =>
        lab.Run(() => File.ReadAllLines("/proc/thread-self/net/" + file))
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static TcpState ProcState(string[] row) => (TcpState)byte.Parse(row[3], NumberStyles.HexNumber);

    private static unsafe (int Sockets, int Mapped) DumpBoundOnly(int family)
    {
        const int protocolSockDiag = 4;
        const int requestLength = 72;
        byte* buffer = stackalloc byte[65536];
        // struct nlmsghdr: SOCK_DIAG_BY_FAMILY (20), NLM_F_REQUEST | NLM_F_DUMP; struct inet_diag_req_v2: family, protocol, states.
        new Span<byte>(buffer, requestLength).Clear();
        *(int*)buffer = requestLength;
        *(short*)(buffer + 4) = 20;
        *(short*)(buffer + 6) = 0x301;
        buffer[16] = (byte)family;
        buffer[17] = Constants.IPPROTO_TCP;
        *(uint*)(buffer + 20) = 1u << 13;
        using var socket = new FileDescriptor(LibC.socket(Constants.AF_NETLINK, Constants.SOCK_RAW | Constants.SOCK_CLOEXEC, protocolSockDiag));
        SyscallException.Check((int)LibC.sendto(socket.Number, buffer, requestLength, 0, null, 0), "sendto");
        int sockets = 0, mapped = 0;
        while (true)
        {
            int length = SyscallException.Check((int)LibC.recvfrom(socket.Number, buffer, 65536, 0, null, null), "recvfrom");
            for (int at = 0; at < length; at += (*(int*)(buffer + at) + 3) & ~3)
            {
                short type = *(short*)(buffer + at + 4);
                Assert.NotEqual(2, type);
                if (type != 20)
                    return (sockets, mapped);
                // struct inet_diag_msg: family, state, timer, retransmits, ports (4), source address.
                Assert.Equal((byte)TcpState.Close, buffer[at + 17]);
                sockets++;
                if (family == Constants.AF_INET6 && IpAddress.FromV6(MemoryMarshal.CreateReadOnlySpan(ref buffer[at + 24], 16)).IsV4)
                    mapped++;
            }
        }
    }
}
