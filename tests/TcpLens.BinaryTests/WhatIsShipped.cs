using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

public sealed class WhatIsShipped
{
    /// <summary>The size today (23.0 MiB, of which owners of sockets take 0.2: web server and dashboard 6, HTTP and TLS 3.4, the Zabbix wire with a TLS of its own for pre-shared keys 4.4, SQLite 1.3, configuration 1, and 1.7 because the data is not packed) and a little. Who needs more raises it, and the commit says for what; 24 MiB is the limit of all that is planned.</summary>
    private const long BudgetBytes = 24L << 20;

    [Fact]
    public void The_program_stays_within_its_size_budget()
    {
        long sizeBytes = new FileInfo(PublishedBinary.Path).Length;
        TestContext.Current.TestOutputHelper!.WriteLine($"{sizeBytes / 1048576.0:F2} MiB of {BudgetBytes >> 20} MiB");
        Assert.InRange(sizeBytes, 1, BudgetBytes);
    }

    [Fact]
    public void The_program_needs_no_other_file_beside_it()
    {
        string alone = Directory.CreateTempSubdirectory("tcplens-alone-").FullName;
        try
        {
            string copy = Path.Combine(alone, "tcplens");
            File.Copy(PublishedBinary.Path, copy);
            var outcome = PublishedBinary.RunProgram(copy, ["--help"]);
            Assert.Equal(new BinaryOutcome(0, outcome.Output, ""), outcome);
        }
        finally
        {
            Directory.Delete(alone, recursive: true);
        }
    }

    [Fact]
    public void The_archive_holds_the_program_its_licence_and_its_pages_in_one_directory()
    {
        string name = Path.GetFileName(PublishedBinary.Archive)[..^".tar.gz".Length];
        string[] pages = [.. Directory.EnumerateFiles(RepositoryRoot.Path, "README*.md").Select(page => Path.GetFileName(page))];
        string[] expected = ["tcplens", "LICENSE", .. pages];
        string[] entries = ArchiveEntries();

        Assert.All(entries, entry => Assert.StartsWith(name + "/", entry));
        Assert.Empty(expected.Select(file => $"{name}/{file}").Except(entries, StringComparer.Ordinal));
        Assert.DoesNotContain(entries, entry => Path.GetExtension(entry) is ".dll" or ".so" or ".dbg" or ".pdb" or ".xml" or ".json");
    }

    [Fact]
    public void The_program_and_its_archive_bear_the_same_version()
    {
        var outcome = PublishedBinary.Run("--version");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith(outcome.Output.Trim().Replace("tcplens ", "tcplens-", StringComparison.Ordinal) + "-linux-", Path.GetFileName(PublishedBinary.Archive));
    }

    [Fact]
    public void The_checksums_are_those_of_the_archive()
    {
        string line = File.ReadAllText(Path.Combine(Path.GetDirectoryName(PublishedBinary.Archive)!, "SHA256SUMS"));
        using var archive = File.OpenRead(PublishedBinary.Archive);
        string sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive));
        Assert.Equal($"{sum}  {Path.GetFileName(PublishedBinary.Archive)}\n", line);
    }

    private static string[] ArchiveEntries()
    {
        using var file = File.OpenRead(PublishedBinary.Archive);
        using var plain = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var tar = new System.Formats.Tar.TarReader(plain);
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return [.. names];
    }
}
