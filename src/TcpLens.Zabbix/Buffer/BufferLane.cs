using System.Security.Cryptography;

namespace TcpLens.Zabbix.Buffer;

/// <summary>
/// The values that wait for one destination, in the order in which they were collected. What is added is on disk when <see cref="Add"/> returns.
/// A value keeps session, id and clock until it is removed, also across a kill of the process, so that a server can tell that it had it already.
/// May be used by many at once.
/// </summary>
/// <remarks>
/// A session begins with every opening of the file, and anew when the file makes trouble; values of older ones keep theirs. One session for ever
/// would be a trap: when power fails, the last ids may be forgotten and given away again, and a server throws away what has an id that it saw.
/// </remarks>
public sealed class BufferLane
{
    private readonly ValueBuffer _buffer;

    internal BufferLane(ValueBuffer buffer, string name)
    {
        _buffer = buffer;
        Name = name;
        Renew();
    }

    public string Name { get; }

    /// <summary>The session of the values that come next.</summary>
    public string Session => _buffer.Locked(() => Token);

    /// <summary>A text of the lane's user that is kept with it; empty at first.</summary>
    public string Note
    {
        get => _buffer.Locked(() => NoteText);
        set => _buffer.SetNote(this, value);
    }

    public LaneStatus Status => _buffer.StatusOf(this);

    internal string Token { get; private set; } = "";

    internal long NextId { get; set; }

    /// <summary>Its row in the open file; <see langword="null"/> before there was one.</summary>
    internal long? Number { get; set; }

    /// <summary>Values in the file, and their bytes.</summary>
    internal (long Count, long Bytes) Stored { get; set; }

    /// <summary>Values that could not be stored. Their sessions are none of the file's.</summary>
    internal Queue<WaitingValue> Memory { get; } = new();

    internal long MemoryBytes { get; set; }

    internal long Dropped { get; set; }

    /// <summary>Of these, how many the file does not know of yet.</summary>
    internal long DroppedUnstored { get; set; }

    internal string NoteText { get; set; } = "";

    internal bool IsNoteUnstored { get; set; }

    /// <summary>Values up to this one are done, but still in the file.</summary>
    internal WaitingValue? Done { get; set; }

    /// <summary>Stores values that were collected together: all of them or, when the file makes trouble, all in memory.</summary>
    public void Add(params IReadOnlyList<NewValue> values) => _buffer.Add(this, values);

    /// <summary>The oldest values, all of one session.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="bytes">How large at most, except for a first one that is larger.</param>
    public IReadOnlyList<WaitingValue> Peek(int count, long bytes) => _buffer.Peek(this, count, bytes);

    /// <summary>Forgets the values up to and including <paramref name="last"/>: the peer has them.</summary>
    public void Remove(WaitingValue last) => _buffer.Remove(this, last);

    internal void Renew()
    {
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        NextId = 1;
    }

    internal WaitingValue Next(NewValue value) => new(Token, NextId++, value);

    internal void Keep(WaitingValue value)
    {
        Memory.Enqueue(value);
        MemoryBytes += value.Bytes;
    }

    internal void ForgetOldestInMemory() => MemoryBytes -= Memory.Dequeue().Bytes;
}
