using TcpLens.Core.Text;
using TcpLens.Zabbix;

namespace TcpLens.Configuration;

/// <summary>An item key of Zabbix.</summary>
internal sealed class KeyType : TextType<string>
{
    public override Phrase Expected { get; } = new("an item key (tcplens.states)", "监控项的键（tcplens.states）");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && ItemKey.TryParse(value, out _);
    }

    public override string ToText(string value) => value;

    // A comma between brackets is one of the key's own.
    public override IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }
}
