using System.Buffers.Binary;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>SQLite inside the native program.</summary>
public sealed class HistoryInBinary
{
    /// <summary>Only SQLite can tell that this file, with a right header and nothing behind it, is none.</summary>
    [Fact]
    public void SQLite_is_linked_into_the_program()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] file = new byte[8192];
            file.AsSpan().Fill(0x5a);
            "SQLite format 3\0"u8.CopyTo(file);
            "TcpL"u8.CopyTo(file.AsSpan(68));
            BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(16), 4096);
            File.WriteAllBytes(path, file);
            var outcome = PublishedBinary.Run("history", "--file", path, "--lang", "en");
            Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
            Assert.StartsWith($"tcplens: {path} is damaged", outcome.Error, StringComparison.Ordinal);
            Assert.Equal(file, File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
