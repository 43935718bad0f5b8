using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The forms of all answers.</summary>
internal static class Shapes
{
    public static readonly Shape Error = Shape.Object(("error", Shape.Object(
        ("code", Shape.OneOf("bad_parameter", "bad_filter", "not_found", "unauthorized", "too_many", "unavailable", "internal")), ("message", Shape.Text))));

    private static readonly Shape s_completeness = Shape.OneOf("complete", "interrupted", "truncated", "partial");

    private static readonly Shape s_severity = Shape.OneOf("notice", "warning", "critical");

    private static readonly Shape s_count = Shape.Object(("total", Shape.Integer), ("ipv4", Shape.Integer), ("ipv6", Shape.Integer), ("v4mapped", Shape.Integer)).OrNull;

    private static readonly Shape s_counts = States(s_count);

    private static readonly (string, Shape)[] s_stateReading =
    [
        ("source", Shape.String), ("source_reason", Shape.String.OrNull), ("duration_ms", Shape.Number), ("setup_ms", Shape.Number),
        ("completeness", s_completeness), ("completeness_reason", Shape.String.OrNull), ("states", s_counts), ("close_reason", Shape.String.OrNull),
        ("fin_wait2_orphaned", Shape.Integer), ("sum", s_count),
    ];

    public static readonly Shape StatesDocument = Shape.Object(
        [("host", Shape.String), ("kernel", Shape.String), ("time", Shape.Time), ("netns", Shape.String), ("other_netns", Shape.Integer.OrNull), .. s_stateReading])
        with
    { Optional = [("namespaces", Shape.ArrayOf(Shape.Object(("netns", Shape.String), ("id", Shape.Integer)) with { Optional = [("error", Shape.String), .. s_stateReading] }))] };

    public static readonly Shape Catalogue = Shape.Object(
        ("version", Shape.String),
        ("has_login", Shape.Boolean.That("Whether a token is required, so that POST /logout ends something.")),
        ("states", Shape.ArrayOf(Shape.Object(
            ("name", Shape.String), ("linux", Shape.String), ("rfc", Shape.String), ("ss", Shape.String), ("chinese", Shape.String),
            ("group", Shape.OneOf("neutral", "opening", "open", "closing_local", "closing_peer")), ("colour", Shape.String), ("meaning", Shape.Text)))),
        ("series", Shape.ArrayOf(Shape.Object(
            ("id", Shape.String), ("name", Shape.Text), ("description", Shape.Text), ("unit", Shape.String), ("is_rate", Shape.Boolean), ("component", Shape.String)))),
        ("machine", Shape.Object(("title", Shape.Text), ("left_out", Shape.Text))),
        ("filter_keys", Shape.ArrayOf(Shape.Object(("name", Shape.String), ("example", Shape.String), ("description", Shape.Text), ("values", Shape.ArrayOf(Shape.String))))),
        ("sort_keys", Shape.ArrayOf(Shape.String)),
        ("group_keys", Shape.ArrayOf(Shape.Object(("name", Shape.String), ("label", Shape.Text)))),
        ("limits", Shape.Object(("connections", Shape.Integer), ("points", Shape.Integer))));

    public static readonly Shape Explanation = Shape.Object(
        ("state", Shape.String), ("what_it_is", Shape.Text), ("entered", Shape.Text), ("left", Shape.Text), ("peer", Shape.Text), ("lasts", Shape.Text),
        ("many_mean", Shape.Text), ("many_do_not_mean", Shape.Text),
        ("look_next", Shape.ArrayOf(Shape.Object(("command", Shape.String), ("why", Shape.Text)))),
        ("often_said", Shape.ArrayOf(Shape.Object(("said", Shape.Text), ("truth", Shape.Text)))),
        ("sources", Shape.ArrayOf(Shape.String)));

    public static readonly Shape Report = Shape.Object(
        ("number", Shape.Integer.That("1 for the first of the run, then one more each tick.")),
        ("run", Shape.Time.That("Start of the run: changes at a restart.")),
        ("time", Shape.Time), ("uptime_seconds", Shape.Number), ("version", Shape.String), ("host", Shape.String), ("kernel", Shape.String), ("netns", Shape.String),
        ("source", Shape.String.OrNull), ("source_reason", Shape.Text.OrNull), ("duration_ms", Shape.Number.OrNull),
        ("completeness", s_completeness.OrNull), ("completeness_reason", Shape.Text.OrNull),
        ("failure", Shape.Text.OrNull.That("Why the own namespace could not be read in this tick: what depends on it is null, its lists are empty.")),
        ("verdict", Shape.Object(("level", Shape.OneOf("ok", "notice", "warning", "critical")), ("sentence", Shape.Text), ("detail", Shape.Text.OrNull))),
        ("pace", Shape.Object(
            ("wanted_seconds", Shape.Number), ("interval_seconds", Shape.Number), ("budget_percent", Shape.Number), ("used_percent", Shape.Number),
            ("cost_ms", Shape.Number), ("missed", Shape.Integer), ("reason", Shape.Text.OrNull))),
        ("visibility", Shape.ArrayOf(Shape.Object(("can", Shape.Boolean), ("what", Shape.Text), ("needs", Shape.Text.OrNull)))),
        ("states", s_counts.OrNull), ("close_reason", Shape.Text.OrNull),
        ("fin_wait2", Shape.Object(("orphaned", Shape.Integer), ("owned", Shape.Integer)).OrNull),
        ("oldest_seconds", States(Shape.Integer.OrNull).That("How long the oldest socket has been in the state, at least; null when there is none, or nobody watched (LISTEN, SYN_RECV).")),
        ("values", Shape.MapOf(Shape.Number.OrNull).That("Every series of the catalogue by its id.")),
        ("gauges", Shape.ArrayOf(Shape.Object(
            ("id", Shape.String), ("label", Shape.Text), ("used", Shape.Integer), ("limit", Shape.Integer), ("percent", Shape.Number), ("unit", Shape.OneOf("", "bytes", "pages")),
            ("level", Shape.OneOf("ok", "notice", "warning", "critical")), ("detail", Shape.Text.OrNull)))),
        ("ports", Shape.ArrayOf(Shape.Object(
            ("port", Shape.Integer), ("scope", Shape.OneOf("any", "address", "loopback")), ("family", Shape.OneOf("ipv4", "ipv6", "both")), ("listeners", Shape.Integer),
            ("accept_queue", Shape.Integer), ("accept_limit", Shape.Integer.OrNull), ("accept_percent", Shape.Number.OrNull),
            ("half_open_limit", Shape.Integer.OrNull), ("half_open_percent", Shape.Number.OrNull),
            ("states", Shape.Object([.. MetricCatalog.PortStates.Select(state => (state.Info().Name, Shape.Integer))]))))),
        ("ports_left_off", Shape.Integer),
        ("destinations", Shape.ArrayOf(Shape.Object(
            ("source", Shape.String), ("destination", Shape.String), ("used", Shape.Integer), ("time_wait", Shape.Integer),
            ("time_wait_reusable", Shape.Integer.That("Of time_wait, the ports that a new connection may take over: all of them, or none.")),
            ("syn_sent", Shape.Integer), ("unanswered", Shape.Integer.That("Of syn_sent, those whose SYN was sent again at least twice.")), ("capacity", Shape.Integer.OrNull),
            ("owners", Shape.ArrayOf(Shape.Object(
                ("service", Shape.String), ("kind", Shape.OneOf("container", "unit", "process")), ("process", Shape.String.OrNull), ("command", Shape.String.OrNull),
                ("filter", Shape.String.That("The word that narrows a filter to the service."))))
                .That("The at most three services with the most connections to that address and port, the largest first, each by one of its processes."))))),
        ("destinations_left_off", Shape.Integer.That("Destinations that were counted and are not listed.")),
        ("destinations_unowned", Shape.Text.OrNull.That("Why sockets of this host are without owner; null when every one has its own.")),
        ("limits", Limits().OrNull),
        ("namespaces", Shape.ArrayOf(Shape.Object(
            ("netns", Shape.String), ("id", Shape.Integer), ("error", Shape.Text.OrNull), ("states", States(Shape.Integer.OrNull).OrNull)))),
        ("history", Shape.Object(
            ("is_kept", Shape.Boolean), ("path", Shape.String.OrNull), ("bytes", Shape.Integer), ("oldest", Shape.Time.OrNull), ("lost", Shape.Integer),
            ("trouble", Shape.Text.OrNull))));

    public static readonly Shape Findings = Shape.Object(
        ("number", Shape.Integer.That("Of the report that was judged.")), ("time", Shape.Time),
        ("open", Shape.ArrayOf(Finding()).That("The worst first; empty when all is well.")),
        ("closed", Shape.ArrayOf(Finding()).That($"The newest first, at most {FindingTracker.ClosedMaximum}, since the monitor started.")),
        ("checks", Shape.ArrayOf(Shape.Object(
            ("rule", Shape.String), ("what", Shape.Text), ("result", Shape.OneOf("fine", "found", "unknown").That("Unknown: it cannot be judged here. Found but not open: it has not lasted yet.")),
            ("told", Shape.Text)))));

    public static readonly Shape History = Shape.Object(
        ("from", Shape.Time), ("to", Shape.Time), ("step_seconds", Shape.Number),
        ("times", Shape.ArrayOf(Shape.Integer.That("Beginning of a point, milliseconds since 1970 UTC."))),
        ("series", Shape.MapOf(Shape.Object(
            ("min", Shape.ArrayOf(Shape.Number.OrNull)), ("avg", Shape.ArrayOf(Shape.Number.OrNull)), ("max", Shape.ArrayOf(Shape.Number.OrNull))))),
        ("annotations", Shape.ArrayOf(Shape.Object(
            ("time", Shape.Time), ("kind", Shape.OneOf("started", "stopped", "gap", "configuration", "kernel_setting", "sampling", "clock", "history", "finding")), ("text", Shape.Text)))),
        ("trouble", Shape.Text.OrNull));

    public static readonly Shape Connections = Shape.Object(
        ("filter", Shape.String.That("The filter in its canonical form.")), ("matched", Shape.Integer), ("shown", Shape.Integer),
        ("connections", Shape.ArrayOf(Shape.Object(
            ("netns", Shape.String), ("state", Shape.String), ("family", Shape.OneOf("ipv4", "ipv6")), ("v4mapped", Shape.Boolean),
            ("local", Shape.String), ("local_port", Shape.Integer), ("remote", Shape.String), ("remote_port", Shape.Integer),
            ("timer", Shape.String), ("timer_ms", Shape.Integer), ("retransmits", Shape.Integer), ("uid", Shape.Integer), ("inode", Shape.Integer),
            ("state_seconds", Shape.Integer.OrNull.That("How long it has been in its state, at least; null when nobody watched.")),
            ("owner", Shape.Object(
                ("service", Shape.String.That("The container, else the systemd unit, else the process.")), ("kind", Shape.OneOf("container", "unit", "process")),
                ("process", Shape.String.OrNull), ("pid", Shape.Integer.OrNull), ("command", Shape.String.OrNull), ("unit", Shape.String.OrNull),
                ("container", Shape.String.OrNull), ("pod", Shape.String.OrNull), ("user", Shape.String.OrNull),
                ("certainty", Shape.OneOf("held", "listener", "remembered", "cgroup"))).OrNull))
            with
        {
            Description = "Listeners have the accept queue, all others the two queues of bytes.",
            Optional = [("accept_queue", Shape.Integer), ("accept_queue_limit", Shape.Integer.OrNull), ("recv_q", Shape.Integer), ("send_q", Shape.Integer)],
        })),
        ("completeness", s_completeness), ("completeness_reason", Shape.Text.OrNull), ("duration_ms", Shape.Number));

    public static readonly Shape Groups = Shape.Object(
        ("filter", Shape.String), ("by", Shape.String), ("matched", Shape.Integer),
        ("groups", Shape.ArrayOf(Shape.Object(
            ("key", Shape.String), ("filter", Shape.String.That("The word that narrows a filter to the group.")), ("total", Shape.Integer),
            ("states", Shape.MapOf(Shape.Integer)))
            with
        {
            Description = "Owners have three members more.",
            Optional =
            [
                ("detail", Shape.String.OrNull.That("The command line of a process, the pod of a container.")),
                ("certainty", Shape.OneOf("held", "listener", "remembered", "cgroup", "mixed").That(
                    "held: a process was seen to hold the sockets. listener: they belong to its listener. remembered: it held them before the kernel alone did. cgroup: its cgroup made them.")),
                ("oldest_seconds", Shape.MapOf(Shape.Integer.OrNull).That("How long the oldest socket has been in a state, at least; null when nobody watched.")),
            ],
        })),
        ("unknown", Shape.Object(("total", Shape.Integer), ("reason", Shape.Text.OrNull)).That("Sockets without owner, where groups are owners, and why.")),
        ("other", Shape.Object(
            ("groups", Shape.Integer), ("total", Shape.Integer),
            ("is_at_least", Shape.Boolean.That("There were more groups than are told apart: the number of groups is a lower bound.")))),
        ("filter_word", Shape.String), ("completeness", s_completeness), ("completeness_reason", Shape.Text.OrNull), ("duration_ms", Shape.Number));

    private static Shape Finding() => Shape.Object(
        ("rule", Shape.String), ("severity", s_severity), ("worst", s_severity),
        ("opened", Shape.Time), ("closed", Shape.Time.OrNull),
        ("subject", Shape.Object(
            ("kind", Shape.OneOf("host", "machine", "port", "destination", "process", "setting", "monitor")), ("key", Shape.String), ("name", Shape.Text), ("owner", Shape.String.OrNull))),
        ("sentence", Shape.Text),
        ("evidence", Shape.ArrayOf(Shape.Object(("name", Shape.String), ("label", Shape.Text), ("value", Shape.Number), ("unit", Shape.String)))),
        ("confidence", Shape.OneOf("low", "medium", "high")),
        ("ruled_out", Shape.ArrayOf(Shape.Text)), ("cause", Shape.Text), ("advice", Shape.Text),
        ("remedies", Shape.ArrayOf(Shape.Object(("command", Shape.String), ("tells", Shape.Text)))),
        ("source", Shape.String.That("An address.")));

    private static Shape States(Shape item) => Shape.Object([.. TcpStates.All.Select(info => (info.Name, item))]);

    private static Shape Limits() => Shape.Object([.. CounterMetrics.Limits.Select(limit => (limit.Id["limit.".Length..], Shape.Integer.OrNull))]);
}
