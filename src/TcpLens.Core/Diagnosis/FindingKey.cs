namespace TcpLens.Core.Diagnosis;

/// <summary>What tells one finding from every other: its rule, and what it is about.</summary>
public readonly record struct FindingKey(string Rule, SubjectKind Kind, string Subject);
