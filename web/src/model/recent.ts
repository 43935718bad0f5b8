import { ask } from "../api/client";
import type { History } from "../api/contract";
import type { Live } from "../api/live";
import { Signal } from "../signal";
import { append, empty, fromHistory, type Curves } from "./curves";

const spanSeconds = 600;

/** The last ten minutes of some series, second by second: what sparklines draw. */
export class Recent {
  readonly curves: Signal<Curves>;
  private readonly leaves: (() => void)[];
  private isLeft = false;

  constructor(private readonly live: Live, private readonly ids: readonly string[]) {
    this.curves = new Signal(empty(this.ids, 1));
    // The first call comes at once and loads; the later ones come after reports were missed.
    this.leaves = [live.resumed.follow(() => void this.load()), live.report.follow(() => this.add())];
  }

  leave(): void {
    this.isLeft = true;
    for (const leave of this.leaves) leave();
  }

  private async load(): Promise<void> {
    const answer = await ask<History>(`/api/v1/history?series=${this.ids.join(",")}&from=-${spanSeconds}s&points=${spanSeconds}`);
    // Without a history the tiles begin with what comes from now on; the charts say why.
    if (!answer.ok || this.isLeft) return;
    this.curves.set(fromHistory(answer.value, this.interval()));
    this.add();
  }

  private add(): void {
    const report = this.live.report.value;
    if (report === null) return;
    const time = Date.parse(report.time);
    append(this.curves.value, time, report.values, this.interval(), time - spanSeconds * 1000);
    this.curves.set(this.curves.value);
  }

  private interval(): number {
    return this.live.report.value?.pace.interval_seconds ?? 1;
  }
}
