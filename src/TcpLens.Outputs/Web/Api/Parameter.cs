using System.Collections.Immutable;

namespace TcpLens.Outputs.Web.Api;

/// <summary>One parameter of an endpoint, in the query or as a part of the path.</summary>
internal sealed record Parameter(string Name, Shape Shape, string Description)
{
    /// <summary>Whether it is a part of the path.</summary>
    public bool IsInPath { get; init; }

    /// <summary>What stands for it when it is missing.</summary>
    public string? Standard { get; init; }

    /// <summary>Lowest and highest number.</summary>
    public (int Lowest, int Highest)? Range { get; init; }

    public ImmutableArray<string> Words => Shape.Words;
}
