namespace TcpLens.Core.Owners;

/// <summary>A container as people know it. Source: the paths of cgroups, which its runtime makes.</summary>
/// <param name="Runtime"><c>docker</c>, <c>podman</c>, <c>containerd</c>, <c>cri-o</c>, <c>kubernetes</c> where the path does not tell the runtime of a pod, <c>lxc</c>, <c>nspawn</c>, <c>machine</c>; <c>container</c> when unknown.</param>
/// <param name="Id">The first twelve digits of its number, or its name where the runtime gives one. Printable.</param>
/// <param name="Pod">Kubernetes' number of the pod that it is a part of; <see langword="null"/> outside of pods.</param>
public sealed record ContainerName(string Runtime, string Id, string? Pod = null)
{
    /// <summary>As <c>docker:0123456789ab</c>.</summary>
    public override string ToString() => $"{Runtime}:{Id}";
}
