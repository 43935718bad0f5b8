using System.Collections.Immutable;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The form of a JSON value, as the OpenAPI document describes it.</summary>
internal sealed record Shape(string Type)
{
    public static readonly Shape String = new("string");
    public static readonly Shape Number = new("number");
    public static readonly Shape Integer = new("integer");
    public static readonly Shape Boolean = new("boolean");
    public static readonly Shape Time = new("string") { Format = "date-time" };

    /// <summary>A text in both languages: <c>{"en", "zh"}</c>.</summary>
    public static readonly Shape Text = new("text");

    public string? Format { get; init; }

    public string? Description { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>The members of an object, all of them always there.</summary>
    public ImmutableArray<(string Name, Shape Shape)> Members { get; init; } = [];

    /// <summary>Members of an object that may be absent.</summary>
    public ImmutableArray<(string Name, Shape Shape)> Optional { get; init; } = [];

    /// <summary>The form of every element of an array, or of every value of an object with names of its own.</summary>
    public Shape? Item { get; init; }

    /// <summary>The words that a string may be.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    public Shape OrNull => this with { IsNullable = true };

    public static Shape Object(params ImmutableArray<(string Name, Shape Shape)> members) => new("object") { Members = members };

    public static Shape ArrayOf(Shape item) => new("array") { Item = item };

    public static Shape MapOf(Shape item) => new("object") { Item = item };

    public static Shape OneOf(params ImmutableArray<string> words) => String with { Words = words };

    public Shape That(string description) => this with { Description = description };
}
