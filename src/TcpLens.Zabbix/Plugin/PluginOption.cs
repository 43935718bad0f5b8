using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace TcpLens.Zabbix.Plugin;

/// <summary>One option of a plugin as the agent's configuration has it: <c>Plugins.&lt;plugin&gt;.&lt;Name&gt;=&lt;Value&gt;</c>.</summary>
/// <param name="Name">Its name; where it is nested, with dots: <c>Sessions.One.Uri</c>.</param>
/// <param name="Value">Its value; of several lines the last.</param>
public readonly record struct PluginOption(string Name, string Value)
{
    /// <summary>More than any plugin has; an agent's whole file has not as many lines.</summary>
    public const int Maximum = 1000;

    // The agent's names of the fields, not ours.
    private const string NodesField = "Nodes";
    private const string NameField = "Name";
    private const string ValueField = "Value";

    /// <summary>
    /// Flattens the tree that the agent sends: <c>{"Name","Nodes":[{"Name","Nodes":[{"Value":base64}]}]}</c>, or nothing, or the value of a node
    /// as one base64 text. What has another form is passed over.
    /// </summary>
    public static ImmutableArray<PluginOption> Of(JsonElement tree)
    {
        var found = ImmutableArray.CreateBuilder<PluginOption>();
        Take(tree, "", found);
        return found.DrainToImmutable();
    }

    private static void Take(JsonElement node, string path, ImmutableArray<PluginOption>.Builder found)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(NodesField, out var nodes) || nodes.ValueKind != JsonValueKind.Array)
            return;
        string? value = null;
        foreach (var child in nodes.EnumerateArray())
        {
            if (child.ValueKind != JsonValueKind.Object || found.Count == Maximum)
                continue;
            if (child.TryGetProperty(ValueField, out var encoded) && encoded.ValueKind == JsonValueKind.String)
                value = Decode(encoded.GetString()!);
            else if (child.TryGetProperty(NameField, out var name) && name.ValueKind == JsonValueKind.String)
                Take(child, path.Length == 0 ? name.GetString()! : $"{path}.{name.GetString()}", found);
        }

        if (value is not null)
            found.Add(new PluginOption(path, value));
    }

    private static string? Decode(string base64)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
