using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Lets so many in at a time and so many wait; the others are refused.</summary>
internal sealed class BoundedGate(int atOnce, int waiting) : IDisposable
{
    private static readonly Phrase s_full = new("Too many questions at once: ask again in a second.", "同时的请求过多：请稍后再试。");

    private readonly SemaphoreSlim _places = new(atOnce);
    private int _inside;

    /// <summary>Runs slow work on a thread of its own as soon as there is a place.</summary>
    public async Task<T> Run<T>(Func<T> work, CancellationToken end)
    {
        if (Interlocked.Increment(ref _inside) > atOnce + waiting)
        {
            Interlocked.Decrement(ref _inside);
            throw RefusedException.TooMany(s_full);
        }

        try
        {
            await _places.WaitAsync(end);
            try
            {
                return await Task.Run(work, end);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _places.Dispose();
}
