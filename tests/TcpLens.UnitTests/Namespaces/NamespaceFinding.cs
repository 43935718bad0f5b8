using Xunit;

namespace TcpLens.UnitTests.Namespaces;

public sealed class NamespaceFinding : IDisposable
{
    private const ulong Other = 4026532248;

    private readonly ProcTree _tree = new();
    private readonly string _blue;

    public NamespaceFinding()
    {
        ulong inode = _tree.Named("blue");
        _blue = Path.Combine(_tree.Netns, "blue");
        _tree.Process(1, ProcTree.HostBefore617).Process(77, Other, "nginx").ShutProcess(78, Other).Process(90, inode);
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("host", "host")]
    [InlineData("nginx(77)", "nginx(77)")]
    [InlineData("4026532248", "nginx(77)")]
    [InlineData("net:[4026532248]", "nginx(77)")]
    [InlineData("77", "nginx(77)")]
    [InlineData("78", "nginx(77)")]
    [InlineData("90", "blue")]
    public void A_name_an_inode_or_a_process_finds_its_namespace(string word, string name) =>
        Assert.Equal(name, _tree.Finder().Find(word).Namespace?.Name);

    [Fact]
    public void A_path_finds_its_namespace() => Assert.Equal("blue", _tree.Finder().Find(_blue).Namespace?.Name);

    [Fact]
    public void A_path_to_a_namespace_that_the_survey_does_not_have_is_taken_as_it_is()
    {
        var finder = _tree.Finder();
        _tree.Named("late");
        var found = finder.Find("late").Namespace;
        Assert.Equal(Path.Combine(_tree.Netns, "late"), found?.Path);
        Assert.NotNull(found?.Inode);
    }

    [Theory]
    [InlineData("office")]
    [InlineData("4711")]
    [InlineData("/nowhere")]
    [InlineData("")]
    [InlineData("{0}")]
    public void An_unknown_word_names_what_there_is(string word)
    {
        var match = _tree.Finder().Find(word);
        Assert.Null(match.Namespace);
        Assert.Equal(["host", "blue", "nginx(77)"], match.Candidates);
        Assert.Equal($"no network namespace \"{word}\"; there are: host, blue, nginx(77)", match.Failure?.English);
        Assert.Equal($"没有名为“{word}”的网络命名空间；现有：host、blue、nginx(77)", match.Failure?.Chinese);
    }

    [Fact]
    public void A_mistyped_name_finds_the_nearest()
    {
        var match = _tree.Finder().Find("bleu");
        Assert.Equal("no network namespace \"bleu\": did you mean \"blue\"?", match.Failure?.English);
        Assert.Equal("没有名为“bleu”的网络命名空间：是否想输入“blue”？", match.Failure?.Chinese);
    }

    [Fact]
    public void Of_many_only_some_are_named()
    {
        for (int i = 0; i < 100; i++)
            _tree.Named($"n{i:D3}");
        Assert.EndsWith("n008, n009 and 91 more", _tree.Finder().Find("x").Failure?.English);
    }
}
