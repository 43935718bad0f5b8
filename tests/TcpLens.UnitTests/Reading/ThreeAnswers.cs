using TcpLens.Core.Text;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Interop;
using TcpLens.Linux.SockDiag;
using Xunit;

namespace TcpLens.UnitTests.Reading;

/// <summary>Why a source cannot be used is one of three: the kernel does not have it, this process may not, or nobody knows.</summary>
public sealed class ThreeAnswers
{
    public static TheoryData<string, string, string> Refusals() => new()
    {
        { WalkRefusal.OfTypes(Errno.ENOENT).Reason.English, WalkRefusal.OfTypes(Errno.ENOENT).Reason.Chinese, "unsupported" },
        { WalkRefusal.OfTypes(Errno.EACCES).Reason.English, WalkRefusal.OfTypes(Errno.EACCES).Reason.Chinese, "denied" },
        { WalkRefusal.OfTypes(Errno.EMFILE).Reason.English, WalkRefusal.OfTypes(Errno.EMFILE).Reason.Chinese, "unknown" },
        { Walk(Errno.EINVAL, "too deep").English, Walk(Errno.EINVAL, "too deep").Chinese, "unsupported" },
        { Walk(Errno.EPERM).English, Walk(Errno.EPERM).Chinese, "denied" },
        { Walk(Errno.EACCES).English, Walk(Errno.EACCES).Chinese, "denied" },
        { Walk(Errno.ENOSYS).English, Walk(Errno.ENOSYS).Chinese, "unsupported" },
        { Walk(Errno.ENOMEM).English, Walk(Errno.ENOMEM).Chinese, "unknown" },
        { WalkRefusal.Of(HashWalk.MapCommand, Errno.EPERM).Reason.English, WalkRefusal.Of(HashWalk.MapCommand, Errno.EPERM).Reason.Chinese, "denied" },
        { WalkRefusal.OfMember(Phrase.Same("x")).Reason.English, WalkRefusal.OfMember(Phrase.Same("x")).Reason.Chinese, "unsupported" },
        { Netlink(Errno.EACCES).English, Netlink(Errno.EACCES).Chinese, "denied" },
        { Netlink(Errno.ENOENT).English, Netlink(Errno.ENOENT).Chinese, "unsupported" },
        { Netlink(Errno.EMFILE).English, Netlink(Errno.EMFILE).Chinese, "unknown" },
        { Netlink(Errno.EIO).English, Netlink(Errno.EIO).Chinese, "unknown" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_reason_begins_with_its_answer(string english, string chinese, string answer)
    {
        var (words, same) = answer switch
        {
            "unsupported" => (" is not supported: ", "不支持 "),
            "denied" => (" is not allowed", "不允许使用 "),
            _ => (" works is not known: ", "无法得知能否使用 "),
        };
        Assert.Contains(words, english, StringComparison.Ordinal);
        Assert.True(answer == "denied" && chinese.Contains("仍不允许使用 eBPF", StringComparison.Ordinal) || chinese.StartsWith(same, StringComparison.Ordinal), chinese);
    }

    private static Phrase Walk(Errno error, string? verifier = null) => WalkRefusal.Of("BPF_PROG_LOAD", error, verifier).Reason;

    private static Phrase Netlink(Errno error) => SockDiagRefusal.Of(new NetlinkFailure(error, null)).Reason;
}
