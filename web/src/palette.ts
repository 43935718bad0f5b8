import type { StateInfo } from "./api/contract";
import { grounds, readable } from "./model/colour";

/** Patterns of lines that share a chart, so that colour is never the only difference. */
const dashes: readonly number[][] = [[], [7, 3], [2, 2.5], [10, 3, 2, 3], [5, 5], [1.5, 4]];

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
  private readonly ground: string;

  constructor(states: readonly StateInfo[], isDark: boolean) {
    this.ground = isDark ? grounds.dark : grounds.light;
    for (const state of states) this.colours.set(`sockets.${state.name}`, readable(state.colour, this.ground));
    for (const [id, colour] of Object.entries(series)) this.colours.set(id, readable(colour, this.ground));
  }

  /** The colour of a series, such as `sockets.time_wait`. */
  of(id: string): string {
    return this.colours.get(id) ?? readable("#7a8699", this.ground);
  }

  state(name: string): string {
    return this.of(`sockets.${name}`);
  }

  dash(place: number): number[] {
    return dashes[place % dashes.length] ?? [];
  }
}
