using System.Runtime.InteropServices;

namespace TcpLens.Serving;

/// <summary>The signals to a program that runs in the foreground until it is told to end: SIGTERM and SIGINT end it, SIGHUP wants the configuration read anew.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _reloads = new(0);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _reloads.Release();
        }),
    ];

    /// <summary>Cancelled when the program is to end.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Waits for the next SIGHUP; cancelled when the program is to end.</summary>
    public Task ReloadAsync() => _reloads.WaitAsync(_end.Token);

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _end.Dispose();
        _reloads.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _end.Cancel();
    }
}
