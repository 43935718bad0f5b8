using System.Globalization;

namespace TcpLens.ZabbixTests;

/// <summary>The kernel's TCP numbers of a process' network namespace, read from <c>/proc/PID/net</c> without TcpLens.</summary>
internal static class KernelNumbers
{
    /// <summary>The counters by name, and the words of sockstat's TCP line as <c>sockstat.tw</c>.</summary>
    public static IReadOnlyDictionary<string, long> Of(int process)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string file in new[] { "snmp", "netstat" })
        {
            string[] lines = File.ReadAllLines($"/proc/{process}/net/{file}");
            for (int i = 0; i + 1 < lines.Length; i += 2)
            {
                string[] names = lines[i].Split(' '), values = lines[i + 1].Split(' ');
                if (names[0] is not ("Tcp:" or "TcpExt:"))
                    continue;
                foreach (var (name, value) in names.Zip(values).Skip(1))
                    numbers[name] = long.Parse(value, CultureInfo.InvariantCulture);
            }
        }

        string[] words = File.ReadAllLines($"/proc/{process}/net/sockstat").Single(line => line.StartsWith("TCP: ", StringComparison.Ordinal)).Split(' ');
        for (int i = 1; i + 1 < words.Length; i += 2)
            numbers["sockstat." + words[i]] = long.Parse(words[i + 1], CultureInfo.InvariantCulture);
        return numbers;
    }
}
