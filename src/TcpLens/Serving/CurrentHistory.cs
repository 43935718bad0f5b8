using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Outputs.History;

namespace TcpLens.Serving;

/// <summary>The history as it is configured now: readers keep this one while the store behind it changes.</summary>
internal sealed class CurrentHistory(TimeProvider clock, Action<Annotation> told) : IHistory, IDisposable
{
    private static readonly NoHistory s_off = new(new Phrase("the history is switched off (history.enabled)", "历史记录已关闭（history.enabled）"));

    private volatile HistoryStore? _store;

    public HistoryStatus Status => Current.Status;

    private IHistory Current => _store is { } store ? store : s_off;

    public HistoryAnswer Read(HistoryQuestion question) => Current.Read(question);

    public void Add(Report report) => _store?.Add(report);

    public void Add(Annotation annotation) => _store?.Add(annotation);

    /// <summary>Goes on with other settings; what waits is stored first.</summary>
    /// <param name="settings"><see langword="null"/>: keep none.</param>
    public void Change(HistorySettings? settings)
    {
        _store?.Dispose();
        _store = settings is null ? null : HistoryStore.Open(settings, clock, told);
    }

    public void Dispose() => Change(null);
}
