using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>Something that happened and that explains a curve: a restart, a gap, a setting that changed.</summary>
public sealed record Annotation(DateTimeOffset At, AnnotationKind Kind, Phrase Text);
