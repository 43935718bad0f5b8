import type { Report } from "../api/contract";

/** The state that fills a limit. Local ports are taken by several states and so stand for none. */
const stateOfGauge: [prefix: string, state: string][] = [
  ["accept_queue.", "listen"],
  ["syn_queue.", "syn_recv"],
  ["used.time_wait", "time_wait"],
];

/** The states in trouble: those whose limit is not well, and those that a verdict that is not well names. */
export function statesInTrouble(report: Report, linuxNames: readonly { name: string; linux: string }[]): ReadonlySet<string> {
  const troubled = new Set<string>();
  for (const gauge of report.gauges ?? []) {
    if (gauge.level !== "warning" && gauge.level !== "critical") continue;
    const state = stateOfGauge.find(([prefix]) => gauge.id.startsWith(prefix))?.[1];
    if (state) troubled.add(state);
  }
  if (report.verdict.level === "warning" || report.verdict.level === "critical") {
    const words = report.verdict.sentence.en.split(/[^A-Z0-9_]+/);
    for (const { name, linux } of linuxNames) if (words.includes(linux) && linux !== "LISTEN" && linux !== "CLOSE") troubled.add(name);
  }
  return troubled;
}
