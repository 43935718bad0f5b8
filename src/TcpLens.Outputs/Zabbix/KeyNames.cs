using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcpLens.Outputs.Zabbix;

/// <summary>The item keys that TcpLens answers, besides those of the netstat recipe.</summary>
public static class KeyNames
{
    /// <summary>One reading as JSON, the master item: <see cref="StatesDocument"/>.</summary>
    public const string States = "tcplens.states";

    /// <summary>What the resident monitor's rules have found, as JSON: <see cref="FindingsDocument"/>.</summary>
    public const string Findings = "tcplens.findings";

    /// <summary>One number: <see cref="StateQuery"/>.</summary>
    public const string State = "tcplens.state";

    /// <summary>The listening ports: <see cref="PortsDiscovery"/>.</summary>
    public const string Ports = "tcplens.ports.discovery";

    /// <summary>The network namespaces: <see cref="NamespacesDiscovery"/>.</summary>
    public const string Namespaces = "tcplens.netns.discovery";

    /// <summary>The services with the most sockets, as JSON: <see cref="ServicesDocument"/>.</summary>
    public const string Services = "tcplens.services";

    /// <summary>All names, the recipe's first.</summary>
    public static IEnumerable<string> All => RecipeKeys.All.Concat([States, State, Findings, Ports, Namespaces, Services]);

    // Zabbix reads the documents, no browser does: addresses and arrows may stand in them as they are.
    internal static JsonWriterOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
