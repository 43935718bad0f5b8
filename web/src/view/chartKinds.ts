import type { App } from "../app";
import type { ChartKind, Line } from "./chart";

/** What is there for a moment in a healthy connection; many of them at a time are news, so they have a scale of their own. */
const transient = ["syn_sent", "syn_recv", "fin_wait1", "fin_wait2", "closing", "last_ack"];

const groups = {
  limits: ["used.accept_queue", "used.half_open", "used.time_wait", "used.ephemeral", "used.orphans", "used.memory"],
  turnover: ["counter.ActiveOpens", "counter.PassiveOpens", "counter.AttemptFails", "counter.EstabResets", "counter.TW"],
  drops: ["counter.ListenOverflows", "counter.ListenDrops", "counter.TCPReqQFullDrop", "counter.TCPReqQFullDoCookies", "counter.SyncookiesRecv"],
  trouble: ["counter.RetransSegs", "counter.TCPSynRetrans", "counter.OutRsts", "counter.TCPAbortOnTimeout", "counter.TCPAbortOnClose", "counter.TCPAbortOnMemory"],
} as const;

/** The charts of the overview: the states, then the same groups as the graphs of the Zabbix template. */
export function overviewCharts(app: App): ChartKind[] {
  const states = app.catalogue.states.map((state) => state.name);
  const { charts } = app.t;
  const kinds: ChartKind[] = [
    { title: charts.longLived, unit: "count", lines: lines(app, states.filter((name) => !transient.includes(name)).map((name) => `sockets.${name}`)) },
    { title: charts.transient, unit: "count", lines: lines(app, states.filter((name) => transient.includes(name)).map((name) => `sockets.${name}`)) },
    { title: charts.limits, unit: "percent", lines: lines(app, groups.limits) },
    { title: charts.turnover, unit: "rate", lines: lines(app, groups.turnover) },
    { title: charts.drops, unit: "rate", lines: lines(app, groups.drops) },
    { title: charts.trouble, unit: "rate", lines: lines(app, groups.trouble) },
  ];
  return kinds.filter((kind) => kind.lines.length > 0);
}

export function stateChart(app: App, state: string): ChartKind {
  const name = app.state(state)?.linux ?? state;
  return { title: app.t.charts.state(name), unit: "count", lines: lines(app, [`sockets.${state}`]) };
}

/** The lines that this run's catalogue knows. */
function lines(app: App, ids: readonly string[]): Line[] {
  const known = ids.flatMap((id) => app.catalogue.series.find((series) => series.id === id) ?? []);
  const dashes = app.palette.dashes(known.map((series) => series.id));
  return known.map((series, place) => ({
    id: series.id,
    name: app.state(series.id.replace(/^sockets\./, ""))?.linux ?? app.say(series.name),
    colour: app.palette.of(series.id),
    dash: dashes[place] ?? [],
  }));
}
