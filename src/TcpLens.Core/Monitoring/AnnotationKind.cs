namespace TcpLens.Core.Monitoring;

/// <summary>What kind of thing an <see cref="Annotation"/> tells. The names are stored: they never change.</summary>
public enum AnnotationKind
{
    /// <summary>The monitor started.</summary>
    Started,

    /// <summary>The monitor was stopped in order.</summary>
    Stopped,

    /// <summary>Time of which nothing is known: the monitor did not run, or could not read or store.</summary>
    Gap,

    /// <summary>The monitor's configuration was loaded anew.</summary>
    Configuration,

    /// <summary>A setting of the kernel changed.</summary>
    KernelSetting,

    /// <summary>Another source or another interval is used than before.</summary>
    Sampling,

    /// <summary>The wall clock was set.</summary>
    Clock,

    /// <summary>The history itself had trouble: a damaged file was set aside, the disk was full.</summary>
    History,

    /// <summary>A finding opened or closed.</summary>
    Finding,
}
