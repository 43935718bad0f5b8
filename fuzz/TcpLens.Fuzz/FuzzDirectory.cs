using System.Runtime.CompilerServices;

namespace TcpLens.Fuzz;

/// <summary>Where <c>fuzz/</c> lies, found from the source file of this class.</summary>
internal static class FuzzDirectory
{
    private static readonly string s_path = Find();

    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([s_path, .. parts]);

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, ".."));
}
