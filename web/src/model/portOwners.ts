import { ask, type Trouble } from "../api/client";
import type { Connections, Owner } from "../api/contract";
import type { Live } from "../api/live";
import { Signal } from "../signal";

/** Listeners seldom change hands. */
const pause = 20_000;
const most = 1000;

/** Who listens at each port. Of several the first that is told stands for the port. */
export class PortOwners {
  readonly owners = new Signal<ReadonlyMap<number, Owner>>(new Map());
  /** Why the last question had no answer; null when it had. */
  readonly trouble = new Signal<Trouble | null>(null);
  private readonly loading = new AbortController();
  private readonly leaveReport: () => void;
  private asked = 0;
  private isAsking = false;

  constructor(live: Live) {
    this.leaveReport = live.report.follow((report) => {
      if (report !== null && Date.now() - this.asked >= pause) void this.load();
    });
  }

  async load(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.asked = Date.now();
    const answer = await ask<Connections>(`/api/v1/connections?filter=state:listen&limit=${most}`, this.loading.signal);
    this.isAsking = false;
    if (this.loading.signal.aborted) return;
    this.trouble.set(answer.ok ? null : answer.trouble);
    if (answer.ok) this.owners.set(ownersOf(answer.value));
  }

  leave(): void {
    this.leaveReport();
    this.loading.abort();
  }
}

export function ownersOf(answer: Connections): ReadonlyMap<number, Owner> {
  const owners = new Map<number, Owner>();
  for (const row of answer.connections) {
    const port = row["local_port"];
    if (typeof port === "number" && row.owner && !owners.has(port)) owners.set(port, row.owner);
  }
  return owners;
}
