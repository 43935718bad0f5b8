using System.Buffers.Text;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Owners;

/// <summary>Names of users, from a file like <c>/etc/passwd</c>, read once. Users of other sources (LDAP) and of containers stay numbers.</summary>
internal sealed class UserNames
{
    /// <summary>Of a longer file the rest is not read: 5,000 users.</summary>
    private const int FileMaximum = 256 * 1024;

    private readonly Dictionary<uint, string> _names = [];

    public UserNames(string file)
    {
        byte[] buffer = new byte[FileMaximum];
        if (SmallFile.Read(file, buffer, out int length) == Errno.None)
            Parse(buffer.AsSpan(0, length));
    }

    public string Of(uint user) => _names.GetValueOrDefault(user) ?? user.ToString();

    // name:password:number:...
    private void Parse(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            int name = line.IndexOf((byte)':');
            int password = name < 0 ? -1 : line[(name + 1)..].IndexOf((byte)':');
            if (password >= 0 && Utf8Parser.TryParse(line[(name + password + 2)..], out uint number, out _))
                _names.TryAdd(number, PrintableName.Of(line[..name]));
        }
    }
}
