using TcpLens.ZabbixTests;
using Xunit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace TcpLens.ZabbixTests;

/// <summary>The servers of a test run; stopped at its end.</summary>
public sealed class Servers : IDisposable
{
    private readonly ZabbixServer[] _all = [new("6.0"), new("7.0")];

    public ZabbixServer this[string version] => _all.Single(server => server.Version == version);

    public void Dispose()
    {
        foreach (var server in _all)
            server.Down();
    }
}
