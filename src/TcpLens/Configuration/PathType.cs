using System.Text;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The absolute path of a file.</summary>
/// <param name="mayBeEmpty">Whether there may be none.</param>
/// <param name="bytesMax">The longest the kernel takes: 4095, and 107 for a socket (sockaddr_un, linux/un.h).</param>
internal sealed class PathType(bool mayBeEmpty, int bytesMax = 4095) : TextType<string>
{
    public override Phrase Expected { get; } = (mayBeEmpty
        ? new Phrase("an absolute path of at most {0} bytes, or \"\" for none", "不超过 {0} 字节的绝对路径，\"\" 表示没有")
        : new Phrase("an absolute path of at most {0} bytes", "不超过 {0} 字节的绝对路径")).With(bytesMax);

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && (value.Length == 0 ? mayBeEmpty : value[0] == '/' && !value.Any(char.IsControl) && Encoding.UTF8.GetByteCount(value) <= bytesMax);
    }

    public override string ToText(string value) => value;
}
