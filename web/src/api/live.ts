import { Signal } from "../signal";
import { ask } from "./client";
import type { Report } from "./contract";

/** How the page stands to the monitor. `since` is when the last report came, by this computer's clock. */
export interface Contact {
  kind: "connecting" | "live" | "stale";
  since: number | null;
}

const shortestSilence = 10_000;
const checkEvery = 1000;

/** Silence after which nobody should trust the numbers: three intervals, and ten seconds at least. */
export function silenceAllowed(intervalSeconds: number): number {
  return Math.max(3 * intervalSeconds * 1000, shortestSilence);
}

/** The reports as they come, by server-sent events. It pauses while nobody looks, and starts anew after sleep, restart or a dead line. */
export class Live {
  readonly report = new Signal<Report | null>(null);
  readonly contact = new Signal<Contact>({ kind: "connecting", since: null });
  /** Counts the times that reports were missed: what is drawn has to be asked for anew. */
  readonly resumed = new Signal<number>(0);

  private source: EventSource | null = null;
  private opened = 0;
  private arrived: number | null = null;
  private watchdog = 0;

  start(): void {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.resume()));
    addEventListener("pageshow", (event) => event.persisted && this.resume());
    // A page that goes must not hold its stream, nor open another when the old one breaks off under it.
    addEventListener("pagehide", () => this.pause());
    if (!document.hidden) this.resume();
  }

  private resume(): void {
    // A page that comes back is told so twice.
    if (this.source === null) this.open();
    clearInterval(this.watchdog);
    this.watchdog = window.setInterval(() => this.check(), checkEvery);
  }

  private pause(): void {
    this.source?.close();
    this.source = null;
    clearInterval(this.watchdog);
  }

  private open(): void {
    this.source?.close();
    this.opened = Date.now();
    const source = new EventSource("/api/v1/stream");
    source.addEventListener("report", (event) => this.take(JSON.parse((event as MessageEvent<string>).data) as Report));
    source.addEventListener("error", () => {
      // EventSource tries again by itself unless the answer was a refusal, whose reason it does not tell.
      if (source.readyState === EventSource.CLOSED) void this.askOnce();
    });
    this.source = source;
  }

  /** Without a stream (too many are open, or nobody is logged in): a plain question, until the watchdog opens a stream again. */
  private async askOnce(): Promise<void> {
    const answer = await ask<Report>("/api/v1/report");
    if (answer.ok) this.take(answer.value);
  }

  private take(report: Report): void {
    const before = this.report.value;
    const now = Date.now();
    const missed = before !== null && (before.run !== report.run || report.number > before.number + 2);
    this.arrived = now;
    this.report.set(report);
    this.contact.set({ kind: "live", since: now });
    if (missed) this.resumed.set(this.resumed.value + 1);
  }

  private check(): void {
    const allowed = silenceAllowed(this.report.value?.pace.interval_seconds ?? 1);
    const now = Date.now();
    const heard = this.arrived ?? this.opened;
    if (now - heard <= allowed) return;
    this.contact.set({ kind: "stale", since: this.arrived });
    if (now - this.opened > allowed) this.open();
  }
}
