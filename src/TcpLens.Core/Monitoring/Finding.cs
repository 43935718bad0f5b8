using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>One thing that is not as it should be: how bad, in one sentence, and what to do.</summary>
internal sealed record Finding(Severity Level, Phrase Sentence, Phrase Advice);
