using System.Runtime.InteropServices;
using System.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>The error that an NLMSG_ERROR or NLMSG_DONE message carries, with the kernel's own words if it sent some (extended ACK).</summary>
internal readonly record struct NetlinkFailure(Errno Error, string? KernelMessage)
{
    private const int AttributeHeader = 4;
    private const int LongestMessage = 200;

    /// <summary>Reads the payload of an NLMSG_ERROR: error number, the request it answers, then attributes.</summary>
    public static bool TryParseError(NetlinkHeader header, ReadOnlySpan<byte> payload, out NetlinkFailure failure)
    {
        failure = default;
        if (payload.Length < sizeof(int))
            return false;
        int error = MemoryMarshal.Read<int>(payload);
        string? message = null;
        if ((header.Flags & NetlinkNumbers.NLM_F_ACK_TLVS) != 0 && payload.Length >= sizeof(int) + NetlinkHeader.Size)
        {
            bool capped = (header.Flags & NetlinkNumbers.NLM_F_CAPPED) != 0;
            uint request = capped ? NetlinkHeader.Size : MemoryMarshal.Read<uint>(payload[sizeof(int)..]);
            if (request <= (uint)(payload.Length - sizeof(int)))
                message = FindMessage(payload[(sizeof(int) + (int)request)..]);
        }

        failure = new NetlinkFailure(ToErrno(error), message);
        return true;
    }

    /// <summary>Reads the payload of an NLMSG_DONE: nothing, or an error number followed by attributes.</summary>
    public static NetlinkFailure ParseDone(NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < sizeof(int))
            return default;
        string? message = (header.Flags & NetlinkNumbers.NLM_F_ACK_TLVS) != 0 ? FindMessage(payload[sizeof(int)..]) : null;
        return new NetlinkFailure(ToErrno(MemoryMarshal.Read<int>(payload)), message);
    }

    public override string ToString() => KernelMessage is null ? Error.ToString() : $"{Error}: {KernelMessage}";

    // The kernel sends errors negative; a positive number in this place is a count and no error.
    private static Errno ToErrno(int number) => number is < 0 and > -4096 ? (Errno)(-number) : Errno.None;

    private static string? FindMessage(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= AttributeHeader)
        {
            int length = MemoryMarshal.Read<ushort>(attributes);
            int type = MemoryMarshal.Read<ushort>(attributes[2..]) & 0x3fff;
            if (length < AttributeHeader || length > attributes.Length)
                return null;
            if (type == NetlinkNumbers.NLMSGERR_ATTR_MSG)
            {
                var text = attributes[AttributeHeader..length];
                return Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestMessage)]).TrimEnd('\0');
            }

            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }

        return null;
    }
}
