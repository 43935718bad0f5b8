using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>What a finding is about: two findings of one rule with the same subject are the same finding.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Key">Its name for programs: <c>443</c>, <c>10.0.0.5 &gt; 10.0.0.7:5432</c>, <c>nginx(42)</c>, <c>tcp_tw_recycle</c>; empty for host, machine and monitor.</param>
/// <param name="Owner">Whose it is (a process, a service, a container) in words; <see langword="null"/> where nobody looked or it is not known.</param>
public sealed record Subject(SubjectKind Kind, string Key = "", string? Owner = null)
{
    public static Subject Host { get; } = new(SubjectKind.Host);

    public static Subject Machine { get; } = new(SubjectKind.Machine);

    public static Subject Monitor { get; } = new(SubjectKind.Monitor);

    public static Subject Port(ushort port) => new(SubjectKind.Port, port.ToString());

    public static Subject Of(Destination destination) => new(SubjectKind.Destination, destination.ToString());

    public static Subject Process(Owners.Owner owner) => new(SubjectKind.Process, owner.NumberedProcess ?? owner.Service, owner.Text);

    public static Subject Setting(string name) => new(SubjectKind.Setting, name);

    /// <summary>Its name for people.</summary>
    public Phrase Name => Kind switch
    {
        SubjectKind.Host => new("this host", "本机"),
        SubjectKind.Machine => new("the whole machine", "整台机器"),
        SubjectKind.Port => new Phrase("port {0}", "端口 {0}").With(Key),
        SubjectKind.Monitor => Phrase.Same("tcplens"),
        _ => Phrase.Same(Key),
    };
}
