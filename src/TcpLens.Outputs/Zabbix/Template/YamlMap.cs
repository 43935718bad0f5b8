using System.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A mapping in a Zabbix export file, its keys in the order in which they were added. What is empty is not written.</summary>
internal sealed class YamlMap
{
    private readonly List<(string Key, object Value)> _entries = [];

    public YamlMap Add(string key, string? value) => AddUnless(value is null, key, value!);

    public YamlMap Add(string key, int value) => Add(key, value.ToString());

    public YamlMap Add(string key, YamlMap? value) => AddUnless(value is null || value._entries.Count == 0, key, value!);

    public YamlMap Add(string key, IEnumerable<YamlMap> values)
    {
        object[] list = [.. values];
        return AddUnless(list.Length == 0, key, list);
    }

    public YamlMap Add(string key, IEnumerable<string> values)
    {
        object[] list = [.. values];
        return AddUnless(list.Length == 0, key, list);
    }

    public void Write(StringBuilder text, int indent)
    {
        bool first = true;
        foreach (var (key, value) in _entries)
        {
            if (!first)
                text.Append(' ', indent);
            first = false;
            text.Append(YamlScalar.Of(key)).Append(':');
            switch (value)
            {
                case string scalar:
                    text.Append(' ').Append(YamlScalar.Of(scalar)).Append('\n');
                    break;
                case YamlMap map:
                    text.Append('\n').Append(' ', indent + 2);
                    map.Write(text, indent + 2);
                    break;
                case object[] list:
                    text.Append('\n');
                    WriteList(text, list, indent + 2);
                    break;
            }
        }
    }

    private static void WriteList(StringBuilder text, object[] list, int indent)
    {
        foreach (object entry in list)
        {
            text.Append(' ', indent).Append("- ");
            if (entry is YamlMap map)
                map.Write(text, indent + 2);
            else
                text.Append(YamlScalar.Of((string)entry)).Append('\n');
        }
    }

    private YamlMap AddUnless(bool isEmpty, string key, object value)
    {
        if (!isEmpty)
            _entries.Add((key, value));
        return this;
    }
}
