using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Reads a whole small file, or says why it cannot be read.</summary>
internal static class ConfigurationFile
{
    /// <summary>More is no configuration: with every comment it is a few KiB long.</summary>
    public const int BytesMax = 1 << 20;

    public static bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, out Phrase problem, out bool isMissing)
    {
        content = null;
        problem = ConfigurationMessages.NoFile();
        // A file cannot be called so.
        isMissing = path.Length == 0 || path.Contains('\0');
        if (isMissing)
            return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            byte[] buffer = new byte[BytesMax + 1];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= BytesMax)
                content = buffer[..length];
            else
                problem = ConfigurationMessages.TooLong(BytesMax);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            isMissing = failure is FileNotFoundException or DirectoryNotFoundException;
            problem = isMissing ? ConfigurationMessages.NoFile()
                : Directory.Exists(path) ? ConfigurationMessages.NoRegularFile() : ConfigurationMessages.Unreadable();
        }

        return content is not null;
    }
}
