using System.Collections.Immutable;

namespace TcpLens.Outputs.Web.Api;

/// <summary>One address of the API: what it takes, what it answers, and who answers. The OpenAPI document is made of these.</summary>
internal sealed record Endpoint(string Path, string Summary, Func<Request, Task> Answer)
{
    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    public string MediaType { get; init; } = Reply.JsonType;

    /// <summary>The form of the answer; <see langword="null"/> where it is not JSON.</summary>
    public Shape? Shape { get; init; }

    /// <summary>Why it may answer 503; <see langword="null"/> when it never does.</summary>
    public string? Unavailable { get; init; }

    /// <summary>Whether too many questions at once are refused (429).</summary>
    public bool IsBounded { get; init; }

    /// <summary>What stands in front of a parameter in the path: <c>/api/v1/explain/</c>; the whole path without one.</summary>
    public string Prefix => Path.IndexOf('{', StringComparison.Ordinal) is >= 0 and int brace ? Path[..brace] : Path;

    public bool HasItem => Prefix.Length < Path.Length;
}
