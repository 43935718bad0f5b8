import type { StateInfo } from "./api/contract";
import { grounds, readable } from "./model/colour";

/** Patterns of lines that share a chart, so that colour is never the only difference. */
const dashes: readonly number[][] = [[], [9, 3], [3, 2], [12, 3, 3, 3], [6, 5], [1.5, 3]];

/** The lines that people look for first are whole; the others of their chart take the patterns in turn. */
const whole = ["sockets.established", "sockets.syn_recv"];

/** The colours of lines that are no states, as the Zabbix template has them. */
const series: Record<string, string> = {
  "used.accept_queue": "#d53e2b",
  "used.half_open": "#e69f00",
  "used.time_wait": "#005ca8",
  "used.ephemeral": "#56b4e9",
  "used.orphans": "#cc79a7",
  "used.memory": "#7a8699",
  "counter.ActiveOpens": "#56b4e9",
  "counter.PassiveOpens": "#009e73",
  "counter.AttemptFails": "#e69f00",
  "counter.EstabResets": "#d53e2b",
  "counter.TW": "#005ca8",
  "counter.ListenOverflows": "#d53e2b",
  "counter.ListenDrops": "#cc79a7",
  "counter.TCPReqQFullDrop": "#b86b00",
  "counter.TCPReqQFullDoCookies": "#e69f00",
  "counter.SyncookiesRecv": "#009e73",
  "counter.RetransSegs": "#e69f00",
  "counter.TCPSynRetrans": "#b86b00",
  "counter.OutRsts": "#d53e2b",
  "counter.TCPAbortOnTimeout": "#005ca8",
  "counter.TCPAbortOnClose": "#cc79a7",
  "counter.TCPAbortOnMemory": "#7a8699",
};

/** The colours of states and lines on the present ground. */
export class Palette {
  private readonly colours = new Map<string, string>();
  private readonly other: string;

  constructor(states: readonly StateInfo[], isDark: boolean) {
    // Thin lines on a dark ground need more than on a light one.
    const seen = (colour: string): string => (isDark ? readable(colour, grounds.dark, 4) : readable(colour, grounds.light));
    for (const state of states) this.colours.set(`sockets.${state.name}`, seen(state.colour));
    for (const [id, colour] of Object.entries(series)) this.colours.set(id, seen(colour));
    this.other = seen("#7a8699");
  }

  /** The colour of a series, such as `sockets.time_wait`. */
  of(id: string): string {
    return this.colours.get(id) ?? this.other;
  }

  state(name: string): string {
    return this.of(`sockets.${name}`);
  }

  /** A pattern for each line of one chart. */
  dashes(ids: readonly string[]): number[][] {
    const first = ids.find((id) => whole.includes(id)) ?? ids[0];
    let place = 0;
    return ids.map((id) => (id === first ? [] : (dashes[1 + (place++ % (dashes.length - 1))] ?? [])));
  }
}
