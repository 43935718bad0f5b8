using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace TcpLens.Outputs.Web;

/// <summary>The files that an assembly carries as resources <c>web/...</c>, each read once.</summary>
public sealed class EmbeddedFiles : IWebFiles
{
    private const string Folder = "web/";
    private const string Compressed = ".br";

    private readonly Assembly _assembly;
    private readonly FrozenSet<string> _names;

    // Holds at most what the assembly carries: only names of resources are put in.
    private readonly ConcurrentDictionary<string, WebFile> _read = new(StringComparer.Ordinal);

    public EmbeddedFiles(Assembly assembly)
    {
        _assembly = assembly;
        _names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);
    }

    public WebFile? Find(string path)
    {
        string name = Folder + path;
        return _names.Contains(name) && !name.EndsWith(Compressed, StringComparison.Ordinal) ? _read.GetOrAdd(name, Read) : null;
    }

    private WebFile Read(string name)
    {
        byte[] content = Bytes(name);
        return new WebFile(
            content,
            _names.Contains(name + Compressed) ? Bytes(name + Compressed) : null,
            Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)));
    }

    private byte[] Bytes(string name)
    {
        using var stream = _assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
