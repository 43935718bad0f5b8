using System.Reflection;
using NetArchTest.Rules;
using Xunit;

namespace TcpLens.UnitTests.Architecture;

/// <summary>The drawing of ARCHITECTURE.md as a test: who may know whom.</summary>
public sealed class Floors
{
    private static readonly Assembly Core = Assembly.Load("TcpLens.Core");

    private static readonly Assembly Outputs = Assembly.Load("TcpLens.Outputs");

    /// <summary>Doors to the operating system, the clock and the console. Core is told what it needs to know.</summary>
    private static readonly string[] ForbiddenInCore =
    [
        "System.Console", "System.Environment", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Threading.Thread",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.StreamReader",
        "System.Net.Dns", "System.Net.Http", "System.Net.NetworkInformation", "System.Net.Security", "System.Net.Sockets.Socket", "System.Net.WebSockets",
    ];

    /// <summary>Which room of Outputs may use which other one, and no more.</summary>
    /// <remarks>The web server hands on documents that other rooms write: one form of each, whoever asks for it.</remarks>
    private static readonly (string Room, string Uses)[] AllowedBetweenRooms = [("Web", "History"), ("Web", "Json"), ("Web", "Prometheus")];

    /// <summary>What every room may use of another room: the widths of text, for everything that is read in columns.</summary>
    private static readonly string[] SharedByRooms = ["TcpLens.Outputs.Terminal.TextLayout"];

    [Theory]
    [InlineData("TcpLens.Core", "")]
    [InlineData("TcpLens.Sqlite", "")]
    [InlineData("TcpLens.Zabbix", "TcpLens.Sqlite")]
    [InlineData("TcpLens.Linux", "TcpLens.Core")]
    [InlineData("TcpLens.Outputs", "TcpLens.Core TcpLens.Sqlite TcpLens.Zabbix")]
    public void A_floor_knows_only_the_floors_below_it(string floor, string below)
    {
        var known = Assembly.Load(floor).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("TcpLens", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(known.Except(below.Split(' '), StringComparer.Ordinal));
    }

    [Fact]
    public void Core_uses_no_package() =>
        Assert.All(Core.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name));

    [Fact]
    public void Core_has_no_door_to_the_outside() =>
        Holds(Types.InAssembly(Core).ShouldNot().HaveDependencyOnAny(ForbiddenInCore));

    [Fact]
    public void The_model_stands_below_what_is_made_of_it() =>
        Holds(Types.InAssembly(Core).That().ResideInNamespace("TcpLens.Core.Model")
            .ShouldNot().HaveDependencyOnAny("TcpLens.Core.Analysis", "TcpLens.Core.Metrics"));

    [Fact]
    public void Analysis_does_not_know_the_metrics_made_of_it() =>
        Holds(Types.InAssembly(Core).That().ResideInNamespace("TcpLens.Core.Analysis").ShouldNot().HaveDependencyOnAny("TcpLens.Core.Metrics"));

    [Fact]
    public void A_room_of_the_outputs_uses_no_other_room()
    {
        string[] rooms = [.. Outputs.GetTypes().Select(RoomOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string room in rooms)
        {
            string[] others =
            [
                .. Outputs.GetTypes()
                    .Where(type => RoomOf(type) is { } other && other != room && !AllowedBetweenRooms.Contains((room, other)))
                    .Select(type => type.FullName!)
                    .Where(name => !SharedByRooms.Contains(name)),
            ];
            if (others.Length > 0)
                Holds(Types.InAssembly(Outputs).That().ResideInNamespace($"TcpLens.Outputs.{room}").ShouldNot().HaveDependencyOnAny(others));
        }
    }

    [Fact]
    public void The_drawing_names_every_floor() =>
        Assert.All(
            Directory.EnumerateDirectories(TestKit.RepositoryRoot.Of("src")),
            floor => Assert.Contains(Path.GetFileName(floor), File.ReadAllText(TestKit.RepositoryRoot.Of("ARCHITECTURE.md"))));

    /// <summary>The first segment of the namespace below TcpLens.Outputs; none for what lies in no room.</summary>
    private static string? RoomOf(Type type) =>
        type.Namespace?.Split('.') is ["TcpLens", "Outputs", var room, ..] ? room : null;

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, "these types break the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}
