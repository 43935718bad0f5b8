using TcpLens.Core.History;

namespace TcpLens.Outputs.History;

/// <summary>A history that somebody else writes, or that nobody writes any more (a copy), for reading. Nothing is changed on the disk.</summary>
public sealed class StoredHistory : IHistory, IDisposable
{
    private readonly string _path;
    private readonly HistoryReaders _readers;

    /// <summary>Takes the file at <paramref name="path"/>, which need not exist.</summary>
    public StoredHistory(string path)
    {
        _path = Path.GetFullPath(path);
        _readers = new HistoryReaders(_path, isWritten: false, static () => { });
    }

    public HistoryStatus Status => new() { IsKept = false, Path = _path, Bytes = HistoryFile.Bytes(_path) };

    public HistoryAnswer Read(HistoryQuestion question) => _readers.Read(question);

    public void Dispose() => _readers.Dispose();
}
