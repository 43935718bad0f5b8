namespace TcpLens.Core.Owners;

/// <summary>
/// Who holds sockets: a process, and what it is a part of. Where only the cgroup is known there is no process. All text is printable.
/// Source: <c>/proc/PID</c>, proc(5).
/// </summary>
public sealed record Owner
{
    /// <summary>Characters of a command line that are kept: enough to tell two programs of one interpreter apart.</summary>
    public const int CommandLineMaximum = 200;

    public int? ProcessId { get; init; }

    /// <summary>When the process began, in the kernel's ticks since boot: tells it from an earlier one of the same number. 0 without a process.</summary>
    public ulong StartTime { get; init; }

    /// <summary>The name of the process, at most 15 bytes (<c>comm</c>).</summary>
    public string? Process { get; init; }

    /// <summary>The command line without <see cref="SecretArguments">secrets</see>, cut to <see cref="CommandLineMaximum"/>; <see langword="null"/> when it may not be read or is empty.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The systemd unit; <see langword="null"/> outside of units.</summary>
    public string? Unit { get; init; }

    public ContainerName? Container { get; init; }

    /// <summary>The user that the process acts as, by name where <c>/etc/passwd</c> knows it.</summary>
    public string? User { get; init; }

    /// <summary>The name that people give it: the container, else the service, else the process.</summary>
    public string Service { get; private init; } = "";

    /// <summary>What <see cref="Service"/> is: <c>container</c>, <c>unit</c>, <c>process</c>.</summary>
    public string Kind => Container is not null ? "container" : Unit is not null ? "unit" : "process";

    /// <summary>The process with its number: <c>nginx(42)</c>; <see langword="null"/> where none is known.</summary>
    public string? NumberedProcess { get; private init; }

    /// <summary>The container's short name; <see langword="null"/> outside of containers.</summary>
    public string? ContainerText { get; private init; }

    /// <summary>Service and process in one text: <c>web.service nginx(42)</c>.</summary>
    public string Text => NumberedProcess is null ? Service : Kind == "process" ? NumberedProcess : $"{Service} {NumberedProcess}";

    /// <summary>The same with its names made: they are asked for with every socket.</summary>
    public Owner Named()
    {
        string? container = Container?.ToString();
        return this with
        {
            Service = container ?? Unit ?? Process ?? "?",
            ContainerText = container,
            NumberedProcess = ProcessId is { } process ? $"{Process}({process})" : null,
        };
    }
}
