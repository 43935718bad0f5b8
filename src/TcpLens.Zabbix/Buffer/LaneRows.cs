namespace TcpLens.Zabbix.Buffer;

/// <summary>What a lane has in the open file. Every method does all or nothing and then says so in the lane; it throws what the file says.</summary>
internal sealed class LaneRows(BufferTables tables)
{
    /// <summary>Rows that are looked at for one deletion.</summary>
    private const int DropMaximum = 1000;

    /// <summary>Finds the lane, or makes it, and reads how it stands.</summary>
    public void Load(BufferLane lane)
    {
        long number = tables.Lane(lane.Name);
        lane.Number = number;
        lane.Stored = tables.Waiting(number);
        lane.Dropped = tables.Dropped(number) + lane.DroppedUnstored;
        if (!lane.IsNoteUnstored)
            lane.NoteText = tables.Note(number);
    }

    /// <summary>Reads what waits, without what is done.</summary>
    public void Read(BufferLane lane, int count, Func<WaitingValue, bool> wanted)
    {
        if (lane.Number is { } number)
            tables.Read(number, PlaceOf(number, lane.Done) ?? default, count, wanted);
    }

    public void Store(BufferLane lane, IReadOnlyList<NewValue> values)
    {
        long bytes = 0;
        long number = NumberOf(lane);
        tables.Transaction(() =>
        {
            long session = tables.Session(number, lane.Token);
            foreach (var value in values)
            {
                var waiting = lane.Next(value);
                tables.Insert(number, session, waiting);
                bytes += waiting.Bytes;
            }
        });
        lane.Stored = (lane.Stored.Count + values.Count, lane.Stored.Bytes + bytes);
    }

    /// <summary>Stores all that the file does not know yet of these lanes.</summary>
    public void StoreMemory(IReadOnlyCollection<BufferLane> lanes)
    {
        tables.Transaction(() =>
        {
            foreach (var lane in lanes)
                StoreMemory(lane);
        });
        foreach (var lane in lanes)
        {
            lane.Memory.Clear();
            lane.MemoryBytes = 0;
            lane.DroppedUnstored = 0;
            lane.IsNoteUnstored = false;
            lane.Done = null;
            lane.Stored = tables.Waiting(NumberOf(lane));
        }
    }

    public void StoreNote(BufferLane lane)
    {
        tables.SetNote(NumberOf(lane), lane.NoteText);
        lane.IsNoteUnstored = false;
    }

    public void DeleteDone(BufferLane lane)
    {
        if (PlaceOf(NumberOf(lane), lane.Done) is { } place)
            Delete(lane, place, isDropped: false);
        lane.Done = null;
    }

    /// <summary>Deletes the oldest until so many, or so many bytes, are gone; more than <see cref="DropMaximum"/> need another call.</summary>
    public void Drop(BufferLane lane, long count, long bytes)
    {
        WaitingValue? last = null;
        long found = 0;
        tables.Read(NumberOf(lane), default, DropMaximum, value =>
        {
            last = value;
            bytes -= value.Bytes;
            return ++found < count || bytes > 0;
        });
        if (PlaceOf(NumberOf(lane), last) is { } place)
            Delete(lane, place, isDropped: true);
    }

    private void Delete(BufferLane lane, (long Session, long Id) through, bool isDropped)
    {
        var gone = default((long Count, long Bytes));
        tables.Transaction(() =>
        {
            gone = tables.Delete(NumberOf(lane), through);
            if (isDropped)
                tables.AddDropped(NumberOf(lane), gone.Count);
        });
        lane.Stored = (lane.Stored.Count - gone.Count, lane.Stored.Bytes - gone.Bytes);
        if (isDropped)
            lane.Dropped += gone.Count;
    }

    private void StoreMemory(BufferLane lane)
    {
        long number = NumberOf(lane);
        string? token = null;
        long session = 0;
        foreach (var value in lane.Memory)
        {
            if (value.Session != token)
                session = tables.Session(number, token = value.Session);
            tables.Insert(number, session, value);
        }

        if (lane.DroppedUnstored > 0)
            tables.AddDropped(number, lane.DroppedUnstored);
        if (lane.IsNoteUnstored)
            tables.SetNote(number, lane.NoteText);
        if (PlaceOf(number, lane.Done) is { } done)
            tables.Delete(number, done);
    }

    private long NumberOf(BufferLane lane) => lane.Number ??= tables.Lane(lane.Name);

    private (long Session, long Id)? PlaceOf(long number, WaitingValue? value) =>
        value is not null && tables.FindSession(number, value.Session) is { } session ? (session, value.Id) : null;
}
