using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// A pre-shared key and the name by which both sides find it (<c>TLSPSKIdentity</c>, <c>TLSPSKFile</c>): the name 1 to 128 bytes of UTF-8, the key 16 to 256 bytes.
/// The name travels unencrypted and stands in logs; the key leaves this object only into the handshake.
/// </summary>
public sealed class PskIdentity
{
    /// <summary>What Zabbix takes (<c>HOST_TLS_PSK_IDENTITY_LEN</c>).</summary>
    public const int IdentityBytesMax = 128;

    /// <summary>What Zabbix takes (<c>HOST_TLS_PSK_LEN_MIN</c>): 128 bits.</summary>
    public const int KeyBytesMin = 16;

    /// <summary>What Zabbix takes (<c>HOST_TLS_PSK_LEN</c>), and what GnuTLS allows.</summary>
    public const int KeyBytesMax = 256;

    private readonly byte[] _secret;

    /// <summary>Takes a copy of the key.</summary>
    /// <exception cref="PskException">The name or the key is too short or too long, or the name is no text.</exception>
    public PskIdentity(string name, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Any(char.IsControl) || !IsUnicode(name))
            throw new PskException(PskFault.IdentityText, "the PSK identity holds control characters or is no valid Unicode");
        NameBytes = Encoding.UTF8.GetBytes(name);
        if (NameBytes.Length is 0 or > IdentityBytesMax)
            throw new PskException(PskFault.IdentityLength, $"the PSK identity must be 1 to {IdentityBytesMax} bytes long, not {NameBytes.Length}");
        if (key.Length is < KeyBytesMin or > KeyBytesMax)
            throw new PskException(PskFault.KeyLength, $"the pre-shared key must be {KeyBytesMin} to {KeyBytesMax} bytes long, not {key.Length}");
        Name = name;
        _secret = key.ToArray();
    }

    public string Name { get; }

    internal byte[] NameBytes { get; }

    /// <summary>Reads the key from a file as Zabbix wants it: one line of 32 to 512 hexadecimal digits.</summary>
    /// <exception cref="PskException">The name is wrong, or the file is missing, unreadable, open to all users or holds no key.</exception>
    public static PskIdentity FromFile(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] digits = new byte[(2 * KeyBytesMax) + 3];
        byte[] key = new byte[KeyBytesMax];
        try
        {
            ReadOnlySpan<byte> line = Line(digits.AsSpan(0, Read(path, digits)));
            if (line.Length is < 2 * KeyBytesMin or > 2 * KeyBytesMax)
            {
                throw new PskException(
                    PskFault.KeyLength,
                    $"{path} must hold one line of {2 * KeyBytesMin} to {2 * KeyBytesMax} hexadecimal digits: openssl rand -hex 32 > {path}");
            }

            if (Convert.FromHexString(line, key, out _, out int count) != OperationStatus.Done)
                throw new PskException(PskFault.KeyDigits, $"{path} must hold hexadecimal digits, two for each byte, and nothing else");
            return new PskIdentity(name, key.AsSpan(0, count));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(digits);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The name; never the key.</summary>
    public override string ToString() => Name;

    /// <summary>A copy of the key, which the handshake clears after use.</summary>
    internal byte[] CopyKey() => [.. _secret];

    /// <summary>Whether a peer means this identity; the time that it takes says nothing about where two names differ.</summary>
    internal bool IsCalled(ReadOnlySpan<byte> name) => CryptographicOperations.FixedTimeEquals(NameBytes, name);

    private static int Read(string path, byte[] target)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // Of the open file, so that it cannot be exchanged in between.
            if ((File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
                throw new PskException(PskFault.FileOpenToOthers, $"other users can read or write the key in {path}: chmod o-rwx {path}");
            return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new PskException(PskFault.FileMissing, $"the key file {path} does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PskException(PskFault.FileUnreadable, $"the key file {path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The line without its end; editors put one there, <c>\r\n</c> too.</summary>
    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> content)
    {
        if (content.EndsWith("\n"u8))
            content = content[..^1];
        return content.EndsWith("\r"u8) ? content[..^1] : content;
    }

    private static bool IsUnicode(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return false;
        }

        return true;
    }
}
