import { ask, type Trouble } from "../api/client";
import type { Annotation, History } from "../api/contract";
import type { Live } from "../api/live";
import { Signal } from "../signal";
import { append, empty, fromHistory, type Curves } from "./curves";
import { ends, formatRange, spanSeconds, type Range } from "./range";

export interface View {
  from: number;
  to: number;
  curves: Curves;
  annotations: Annotation[];
  /** Why curves are missing or incomplete; null when they are whole. */
  trouble: Trouble | null;
}

/** The curves of one stretch of time: from the history, and when it reaches to now, carried on by the live reports. */
export class Timeline {
  readonly view: Signal<View>;
  private pending: AbortController | null = null;
  private readonly leaves: (() => void)[];
  private refresh = 0;
  private drawn = 0;

  constructor(private readonly live: Live, private readonly ids: readonly string[], private range: Range, private readonly points: number) {
    this.view = new Signal<View>({ ...ends(range, Date.now()), curves: empty(ids, 1), annotations: [], trouble: null });
    this.leaves = [live.resumed.follow(() => void this.load()), live.report.follow(() => this.add())];
  }

  show(range: Range): void {
    if (formatRange(range) === formatRange(this.range)) return;
    this.range = range;
    void this.load();
  }

  /** Asks the history anew, for instance after a failure. */
  async load(): Promise<void> {
    this.pending?.abort();
    clearTimeout(this.refresh);
    const pending = new AbortController();
    this.pending = pending;
    const range = this.range;
    const bounds = range.kind === "last" ? `from=-${range.seconds}s&to=now` : `from=${range.from}&to=${range.to}`;
    const answer = await ask<History>(`/api/v1/history?series=${this.ids.join(",")}&${bounds}&points=${this.points}`, pending.signal);
    if (pending.signal.aborted) return;
    this.drawn = Date.now();
    if (answer.ok) {
      const { annotations, trouble } = answer.value;
      this.view.set({
        ...this.ends(),
        curves: fromHistory(answer.value, this.interval()),
        annotations,
        trouble: trouble && { code: "history", message: trouble },
      });
    } else {
      this.view.set({ ...this.view.value, ...this.ends(), trouble: answer.trouble });
    }
    // A long range changes by what the history makes of the live values; a moving one is asked for again now and then.
    if (range.kind === "last") this.refresh = window.setTimeout(() => this.again(), Math.max(60, spanSeconds(range) / 200) * 1000);
  }

  leave(): void {
    this.pending?.abort();
    clearTimeout(this.refresh);
    for (const leave of this.leaves) leave();
  }

  private again(): void {
    if (document.hidden) this.refresh = window.setTimeout(() => this.again(), 60_000);
    else void this.load();
  }

  private add(): void {
    const report = this.live.report.value;
    if (report === null || this.range.kind !== "last") return;
    const view = this.view.value;
    const { from, to } = this.ends();
    append(view.curves, Date.parse(report.time), report.values, this.interval(), from);
    // A move of less than a pixel is not worth a drawing.
    const now = Date.now();
    if (now - this.drawn < (spanSeconds(this.range) * 1000) / this.points - 50) return;
    this.drawn = now;
    this.view.set({ ...view, from, to });
  }

  /** The ends on the monitor's clock: this computer's may be wrong. */
  private ends(): { from: number; to: number } {
    const report = this.live.report.value;
    return ends(this.range, report === null ? Date.now() : Date.parse(report.time));
  }

  private interval(): number {
    return this.live.report.value?.pace.interval_seconds ?? 1;
  }
}
