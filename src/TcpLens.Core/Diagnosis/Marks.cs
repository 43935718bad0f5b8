using TcpLens.Core.Monitoring;

namespace TcpLens.Core.Diagnosis;

/// <summary>The marks of one number, for each severity that it can have.</summary>
public sealed record Marks
{
    public Mark? Notice { get; init; }

    public Mark? Warning { get; init; }

    public Mark? Critical { get; init; }

    /// <summary>How bad <paramref name="value"/> is when the finding is open as <paramref name="open"/> (<see cref="Severity.Ok"/>: not open). Unknown is never bad.</summary>
    public Severity Of(double? value, Severity open)
    {
        if (Critical?.IsReached(value, open >= Severity.Critical) == true)
            return Severity.Critical;
        if (Warning?.IsReached(value, open >= Severity.Warning) == true)
            return Severity.Warning;
        return Notice?.IsReached(value, open >= Severity.Notice) == true ? Severity.Notice : Severity.Ok;
    }
}
