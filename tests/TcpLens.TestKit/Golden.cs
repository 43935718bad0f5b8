using System.Runtime.CompilerServices;
using Xunit;

namespace TcpLens.TestKit;

/// <summary>
/// Holds an output against a committed file. Everything that a person or another program reads has one.
/// <c>TCPLENS_GOLDEN=write</c> writes the files anew; read the diff before you commit it.
/// </summary>
public static class Golden
{
    /// <summary>Fails when <paramref name="actual"/> differs from <c>Golden/<paramref name="name"/>.golden</c> beside the calling test.</summary>
    public static void Match(string name, string actual, [CallerFilePath] string test = "") =>
        MatchFile(Path.Combine(Path.GetDirectoryName(test)!, "Golden", name + ".golden"), actual);

    /// <summary>The same for a committed file that is itself the product: a page of the reference.</summary>
    public static void MatchFile(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("TCPLENS_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"no golden {path}: run with TCPLENS_GOLDEN=write and read what it wrote");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
