using TcpLens.ZabbixTests;
using Xunit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace TcpLens.ZabbixTests;

/// <summary>The servers of a test run; stopped at its end.</summary>
public sealed class Servers : IDisposable
{
    private readonly ZabbixServer[] _all = [new("6.0", "test"), new("7.0", "test")];
    private readonly ZabbixServer[] _toStop = [new("6.0", "stopped"), new("7.0", "stopped")];

    /// <summary>The one that all tests share.</summary>
    public ZabbixServer this[string version] => _all.Single(server => server.Version == version);

    /// <summary>One for a test that stops it.</summary>
    public ZabbixServer ToStop(string version) => _toStop.Single(server => server.Version == version);

    public void Dispose()
    {
        foreach (var server in _all.Concat(_toStop))
            server.Down();
    }
}
