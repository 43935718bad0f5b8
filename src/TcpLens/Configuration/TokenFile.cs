using System.Diagnostics.CodeAnalysis;
using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The file with the web server's token: one line of printable ASCII without spaces, 16 to 512 characters, closed to other users.</summary>
internal static class TokenFile
{
    /// <summary>A shorter token can be guessed.</summary>
    public const int CharactersMin = 16;

    /// <summary>A longer one does not fit into every client's header.</summary>
    public const int CharactersMax = 512;

    /// <summary>Reads the token, or says what is wrong with the file; never what stands in it.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out string? token, out Phrase problem)
    {
        token = null;
        if (!ConfigurationFile.TryRead(path, out byte[]? content, out problem, out _))
            return false;
        if (IsOpenToOthers(path))
        {
            problem = new Phrase("other users can read or write it: chmod o-rwx {0}", "其他用户可以读写该文件：chmod o-rwx {0}").With(path);
            return false;
        }

        string text = Encoding.Latin1.GetString(content).Trim();
        if (text.Length is < CharactersMin or > CharactersMax || text.Any(character => character is <= ' ' or > '~'))
        {
            problem = new Phrase(
                "it must hold one token of {0} to {1} printable characters without spaces: head -c 32 /dev/urandom | base64 > {2}",
                "须包含一个 {0} 到 {1} 个可打印字符、不含空格的令牌：head -c 32 /dev/urandom | base64 > {2}").With(CharactersMin, CharactersMax, path);
            return false;
        }

        token = text;
        return true;
    }

    private static bool IsOpenToOthers(string path)
    {
        try
        {
            return !OperatingSystem.IsLinux() || (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was there a moment ago; of a file that cannot be asked the worse is assumed.
            return true;
        }
    }
}
