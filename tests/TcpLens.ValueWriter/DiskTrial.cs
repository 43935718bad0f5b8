using TcpLens.Zabbix.Buffer;

namespace TcpLens.ValueWriter;

/// <summary>Keeps values on a disk that a test fills and frees: <c>add N</c>, <c>large N</c>, <c>fill</c>, <c>free</c>, <c>check</c>; each is answered by a line.</summary>
internal sealed class DiskTrial(ValueBuffer buffer, string path)
{
    private readonly BufferLane _lane = buffer.Lane("test");
    private readonly string _filler = Path.Combine(Path.GetDirectoryName(path)!, "filler");
    private long _number;

    public async Task RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(Do(line.Split(' ')));
    }

    private string Do(string[] words)
    {
        switch (words[0])
        {
            case "add":
                Add(int.Parse(words[1]), "");
                break;
            case "large":
                Add(int.Parse(words[1]), new string('x', 500));
                break;
            case "fill":
                Fill();
                break;
            case "free":
                File.Delete(_filler);
                break;
            case "check":
                return Check();
        }

        var status = _lane.Status;
        return $"{status.Waiting} waiting, {status.InMemory} in memory, {status.Dropped} dropped: {buffer.Status.Trouble}";
    }

    private void Add(int count, string text)
    {
        if (count > 0)
            _lane.Add([.. Enumerable.Range(0, count).Select(_ => new NewValue("item", text, true, ++_number, 0))]);
        else
            _lane.Peek(1, 1);
    }

    private string Check()
    {
        long next = 1;
        while (_lane.Peek(1000, 1 << 20) is { Count: > 0 } values)
        {
            if (values.Any(value => value.Value.Clock != next++))
                return $"not in order at {next}";
            _lane.Remove(values[^1]);
        }

        return $"{next - 1} in order";
    }

    private void Fill()
    {
        try
        {
            using var file = File.Create(_filler, bufferSize: 0);
            byte[] block = new byte[4096];
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // That is what was wanted: nothing more fits.
        }
    }
}
