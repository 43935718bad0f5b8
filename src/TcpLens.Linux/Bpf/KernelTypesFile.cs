using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>Where the running kernel describes its own structures.</summary>
internal static class KernelTypesFile
{
    public const string Path = "/sys/kernel/btf/vmlinux";

    // 4 to 6 MB in distributions' kernels.
    private const int Maximum = 64 << 20;

    /// <summary>What is done with the types while the file is open.</summary>
    public delegate WalkFailure? Use(in KernelTypes types);

    /// <summary>Looks for the structures and functions of these names, and hands over what was found.</summary>
    /// <returns>What <paramref name="use"/> returns, or why the types cannot be had.</returns>
    public static WalkFailure? With(ReadOnlySpan<string> names, Use use)
    {
        var error = WholeFile.TryRead(Path, Maximum, out var description);
        if (error != Errno.None)
            return WalkRefusal.OfTypes(error);
        using (description)
            return KernelTypes.TryParse(description!.Bytes, names, out var types) ? use(types) : WalkRefusal.OfTypes(Errno.EPROTO);
    }
}
