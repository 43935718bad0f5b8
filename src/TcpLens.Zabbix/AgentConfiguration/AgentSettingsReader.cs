using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>
/// Reads a configuration the way the agents do (<c>src/libs/zbxconf/cfg.c</c>; <c>conf.go</c> of agent 2), but goes on where they give up:
/// every fault is kept as a <see cref="ConfigurationProblem"/>.
/// </summary>
/// <param name="program">Whose configuration it is.</param>
/// <param name="root">Where the file system begins; other than <c>/</c> in tests and for an unpacked image.</param>
/// <param name="workingDirectory">The directory of the agent's process, where its relative paths begin.</param>
public sealed class AgentSettingsReader(AgentProgram program, string root = "/", string workingDirectory = "/")
{
    private const int DepthMax = 10;
    private const int LineBytesMax = 2048;

    // No agent's configuration comes near these; a stray Include of a data directory ends here.
    private const int FilesMax = 1000;
    private const int FileBytesMax = 1 << 20;

    private readonly ImmutableArray<string>.Builder _files = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<ConfigurationLine>.Builder _lines = ImmutableArray.CreateBuilder<ConfigurationLine>();
    private readonly ImmutableArray<IncludePlace>.Builder _includes = ImmutableArray.CreateBuilder<IncludePlace>();
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
    private string _path = "";

    /// <summary>Reads the main file <paramref name="path"/> (absolute) and all that it includes.</summary>
    public AgentSettings Read(string path)
    {
        _path = path;
        ReadFile(path, path, 0, 1);
        return new AgentSettings
        {
            Program = program,
            Path = path,
            Files = _files.DrainToImmutable(),
            Lines = _lines.DrainToImmutable(),
            Includes = _includes.DrainToImmutable(),
            Problems = _problems.DrainToImmutable(),
        };
    }

    private void ReadFile(string path, string from, int fromLine, int depth)
    {
        if (depth > DepthMax || _files.Count >= FilesMax)
        {
            Report(ConfigurationFault.IncludeDepth, from, fromLine, path);
            return;
        }

        byte[] bytes;
        try
        {
            bytes = Bytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Report(ConfigurationFault.Unreadable, path, 0, failure is UnauthorizedAccessException ? "permission denied" : "not found");
            return;
        }

        if (bytes.Length > FileBytesMax)
        {
            Report(ConfigurationFault.LineLength, path, 0, path);
            return;
        }

        _files.Add(path);
        int number = 0;
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
            ReadLine(bytes.AsSpan(range), path, ++number, depth);
    }

    // One byte more than the limit, to tell that it was passed; a device has no length and never ends.
    private byte[] Bytes(string path)
    {
        using var file = File.OpenRead(At(path));
        byte[] buffer = new byte[FileBytesMax + 1];
        return buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private void ReadLine(ReadOnlySpan<byte> raw, string file, int number, int depth)
    {
        if (raw.Length > LineBytesMax)
        {
            Report(ConfigurationFault.LineLength, file, number, "");
            return;
        }

        var line = raw.Trim(" \t\r"u8);
        if (line.IsEmpty || line[0] == '#')
            return;
        if (!Utf8.IsValid(line))
        {
            Report(ConfigurationFault.LineEncoding, file, number, "");
            return;
        }

        string text = Encoding.UTF8.GetString(line);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            Report(ConfigurationFault.LineForm, file, number, text);
            return;
        }

        var parsed = new ConfigurationLine(file, number, text[..equals].TrimEnd(' ', '\t'), text[(equals + 1)..].TrimStart(' ', '\t'));
        if (parsed.Name == "Include")
            Include(parsed, depth);
        else
            _lines.Add(parsed);
    }

    private void Include(ConfigurationLine line, int depth)
    {
        string value = line.Value;
        if (value.Length == 0 || value.Contains('\0', StringComparison.Ordinal))
        {
            Report(ConfigurationFault.IncludeMissing, line.File, line.Line, value.Replace('\0', ' '));
            return;
        }

        int star = value.IndexOfAny(program == AgentProgram.Agentd ? ['*'] : ['*', '?']);
        int slash = star < 0 ? -1 : value.LastIndexOf('/', star);
        if (star >= 0 && (slash < 0 || value.IndexOf('/', star) >= 0))
        {
            Report(ConfigurationFault.IncludePattern, line.File, line.Line, value);
            return;
        }

        string path = Absolute(star < 0 ? value : value[..(slash + 1)]);
        if (Directory.Exists(At(path)))
        {
            var place = new IncludePlace(program, line.File, line.Line, value, path, star < 0 ? "*" : value[(slash + 1)..]);
            _includes.Add(place);
            foreach (string file in FilesOf(place))
                ReadFile(file, line.File, line.Line, depth + 1);
        }
        else if (star < 0 && File.Exists(At(path)))
        {
            ReadFile(path, line.File, line.Line, depth + 1);
        }
        else
        {
            Report(ConfigurationFault.IncludeMissing, line.File, line.Line, path);
        }
    }

    private List<string> FilesOf(IncludePlace place)
    {
        try
        {
            return [.. Directory.EnumerateFiles(At(place.Directory))
                .Select(file => Path.GetFileName(file)!)
                .Where(place.Matches)
                .Order(StringComparer.Ordinal)
                .Take(FilesMax)
                .Select(name => Path.Combine(place.Directory, name))];
        }
        catch (UnauthorizedAccessException)
        {
            Report(ConfigurationFault.Unreadable, place.Directory, 0, "permission denied");
            return [];
        }
    }

    private string Absolute(string path)
    {
        string from = program.IncludesFromConfigurationDirectory ? Path.GetDirectoryName(_path) ?? "/" : workingDirectory;
        string absolute = Path.GetFullPath(path, from);
        return absolute.Length > 1 ? absolute.TrimEnd('/') : absolute;
    }

    private string At(string path) => root == "/" ? path : root.TrimEnd('/') + path;

    private void Report(ConfigurationFault fault, string file, int line, string subject) => _problems.Add(new ConfigurationProblem(fault, file, line, subject));
}
