using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>The cases of the rules that look at who holds the sockets.</summary>
internal static class OwnerCases
{
    public static IEnumerable<(string, RuleCase)> All =>
    [
        ("descriptors", new()
        {
            Bad = new() { Owners = Opening(900) },
            Level = Severity.Warning,
            Subject = "web(42)",
            Sentence = "web.service web(42) has 900 of 1,024 descriptors open (88 %).",
            Between = new() { Owners = Opening(780) },
            Fine = new() { Owners = Opening(600) },
            Missing = new(),
        }),
        ("descriptors at the limit", new()
        {
            Bad = new() { Owners = Opening(1024) },
            Level = Severity.Critical,
            Subject = "web(42)",
            Sentence = "web.service web(42) has 1,024 of 1,024 descriptors open (100 %).",
        }),
    ];

    private static OwnerCensus Opening(long descriptors) => new()
    {
        Own = "host",
        Listeners = new Dictionary<ushort, Owner>(),
        Callers = new Dictionary<TcpEndpoint, ImmutableArray<Owner>>(),
        Foremost = [.. Enumerable.Repeat<OwnerCount?>(null, TcpStates.TableLength)],
        Descriptors = [new DescriptorUse(new Owner { ProcessId = 42, Process = "web", Unit = "web.service" }.Named(), descriptors, 1024)],
    };
}
