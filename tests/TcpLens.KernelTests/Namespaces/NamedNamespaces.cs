namespace TcpLens.KernelTests.Namespaces;

/// <summary>Network namespaces made by <c>ip netns add</c> and removed afterwards; their names begin with the test process's number.</summary>
internal sealed class NamedNamespaces : IDisposable
{
    public NamedNamespaces(int count)
    {
        Names = [.. Enumerable.Range(0, count).Select(i => $"tcplens-{Environment.ProcessId}-{i}")];
        Batch("add");
    }

    public IReadOnlyList<string> Names { get; }

    public void Dispose() => Batch("delete");

    private void Batch(string verb)
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, Names.Select(name => $"netns {verb} {name}"));
        FreshNamespace.Command("ip", "-force", "-batch", file);
        File.Delete(file);
    }
}
