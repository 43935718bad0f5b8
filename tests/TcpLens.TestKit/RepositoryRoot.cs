using System.Runtime.CompilerServices;

namespace TcpLens.TestKit;

/// <summary>Where the checkout lies, found from the source file of this class.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", ".."));
}
