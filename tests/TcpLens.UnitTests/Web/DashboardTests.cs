using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using TcpLens.Outputs.Json;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>The dashboard of <c>web/</c> as it is built and embedded. Its own logic is tested by its own tests, which run here as one.</summary>
public sealed partial class DashboardTests
{
    private const int FileLinesMax = 400;

    private static readonly Assembly s_outputs = typeof(StatesJson).Assembly;

    private static string[] Embedded => [.. s_outputs.GetManifestResourceNames().Where(name => name.StartsWith("web/", StringComparison.Ordinal))];

    [Fact]
    public async Task The_dashboards_own_tests_pass()
    {
        Require.That(IsThere("node") && IsThere("npm"), "needs nodejs and npm");
        var start = new ProcessStartInfo("npm", ["test", "--silent"])
        {
            WorkingDirectory = RepositoryRoot.Of("web"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host may be watched by node's own variables of an outer run.
        start.Environment.Remove("NODE_TEST_CONTEXT");
        using var npm = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var errors = npm.StandardError.ReadToEndAsync(cancel);
        string output = await npm.StandardOutput.ReadToEndAsync(cancel);
        await npm.WaitForExitAsync(cancel);
        Assert.True(npm.ExitCode == 0, output + await errors);
        Assert.Matches(@"pass [1-9]", output);
    }

    [Fact]
    public void Every_file_is_embedded_together_with_its_compressed_copy()
    {
        var names = Embedded;
        Assert.Contains("web/index.html", names, StringComparer.Ordinal);
        Assert.Contains(names, name => name.StartsWith("web/assets/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(names, name => name.StartsWith("web/assets/", StringComparison.Ordinal) && name.EndsWith(".css", StringComparison.Ordinal));
        Assert.All(names.Where(name => !name.EndsWith(".br", StringComparison.Ordinal)), name => Assert.Contains(name + ".br", names, StringComparer.Ordinal));
    }

    /// <summary>What the strict content security policy would refuse.</summary>
    [Fact]
    public void The_page_has_no_script_or_style_of_its_own()
    {
        string page = Read("web/index.html");
        Assert.DoesNotMatch(@"<style|\sstyle=|\son[a-z]+=|javascript:", page);
        Assert.Empty(ScriptWithoutSource().Matches(page).Select(match => match.Value));
    }

    [Fact]
    public void The_page_knows_no_other_host()
    {
        // Names of document types, which no browser asks for.
        var strangers =
            from name in Embedded
            where !name.EndsWith(".br", StringComparison.Ordinal)
            from address in Address().Matches(Read(name)).Select(match => match.Value)
            where !address.StartsWith("http://www.w3.org/", StringComparison.Ordinal)
            select $"{name}: {address}";
        Assert.Empty(strangers);
    }

    /// <summary>Where a package comes from is the site's business (a mirror, a proxy); what it is, is not.</summary>
    [Fact]
    public void Every_package_is_pinned_by_its_content_and_names_no_host()
    {
        string locked = File.ReadAllText(RepositoryRoot.Of("web", "package-lock.json"));
        Assert.DoesNotContain("\"resolved\"", locked, StringComparison.Ordinal);
        Assert.True(locked.Split("\"integrity\": \"sha512-").Length > 10, locked);
        Assert.DoesNotMatch(@"""[~^>]", File.ReadAllText(RepositoryRoot.Of("web", "package.json")).Replace("\"node\": \">=", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_is_short_enough_to_be_read_at_once()
    {
        var tooLong =
            from folder in new[] { "src", "test", "build" }
            from path in Directory.EnumerateFiles(RepositoryRoot.Of("web", folder), "*", SearchOption.AllDirectories)
            let lines = File.ReadLines(path).Count()
            where lines > FileLinesMax
            select $"{Path.GetRelativePath(RepositoryRoot.Path, path)}: {lines} lines, at most {FileLinesMax}";
        Assert.Empty(tooLong);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(s_outputs.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex("<script(?![^>]*\\ssrc=\"/)[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptWithoutSource();

    [GeneratedRegex("""(?:https?|wss?)://[^\s"'`)<]+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
