namespace TcpLens.Zabbix.Buffer;

/// <summary>The file that was named cannot be used. Somebody has to choose.</summary>
/// <param name="fault">Why.</param>
/// <param name="path">The file.</param>
public sealed class BufferException(BufferFault fault, string path) : Exception(Words(fault, path))
{
    public BufferFault Fault => fault;

    public string Path => path;

    private static string Words(BufferFault fault, string path) => fault switch
    {
        BufferFault.Taken => $"another tcplens keeps its values in {path} already: stop one of them, or give each a file of its own",
        BufferFault.Newer => $"{path} was written by a newer tcplens and is left untouched: run that version, or choose another file name",
        _ => $"{path} is no value buffer of tcplens and is left untouched: choose another file name",
    };
}
