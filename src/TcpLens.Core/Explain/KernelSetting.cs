using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>A sysctl whose value on this host belongs into an explanation.</summary>
/// <param name="Name">The full name, as sysctl(8) takes it: <c>net.ipv4.tcp_fin_timeout</c>.</param>
/// <param name="Default">The kernel's default, for hosts where the value cannot be read.</param>
/// <param name="WhenAbsent">What kernels without this setting do, as a value of it; <see langword="null"/> where every kernel has it.</param>
public sealed record KernelSetting(string Name, Phrase Default, string? WhenAbsent = null)
{
    /// <summary>The last part of the name, which is its placeholder in texts: <c>tcp_fin_timeout</c> for <c>{tcp_fin_timeout}</c>.</summary>
    public string Key => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The file that holds the value: <c>/proc/sys/net/ipv4/tcp_fin_timeout</c>.</summary>
    public string Path => "/proc/sys/" + Name.Replace('.', '/');
}
