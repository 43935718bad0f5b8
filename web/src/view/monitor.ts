import type { App } from "../app";
import type { Report } from "../api/contract";
import { h, replace, setText } from "../dom";

/** What the monitor says of itself: how it reads, what that costs, what it keeps, and what it cannot see. */
export class Monitor {
  readonly element: HTMLElement;
  private readonly facts = h("dl", { class: "facts" });
  private readonly seen = h("ul", { class: "seen" });
  private readonly details: HTMLDetailsElement;
  private readonly written: { value: HTMLElement; why: HTMLElement }[] = [];
  private shown = "";

  constructor(private readonly app: App) {
    this.details = h("details", {}, h("summary", {}, app.t.visibility), this.seen);
    this.element = h("section", { class: "card monitor", "aria-labelledby": "monitor-title" }, h("h2", { id: "monitor-title" }, app.t.reading), this.facts, this.details);
  }

  draw(report: Report): void {
    this.rows(report).forEach(([name, value, why], place) => this.write(place, name, value, why));
    // The list stays as it is while it says the same, so that nobody who reads it is disturbed.
    const key = JSON.stringify(report.visibility);
    if (key === this.shown) return;
    this.shown = key;
    this.details.hidden = report.visibility.length === 0;
    const { t } = this.app;
    replace(
      this.seen,
      ...report.visibility.map((one) =>
        h("li", { class: one.can ? "can" : "cannot" }, h("b", {}, one.can ? t.can : t.cannot), h("span", {}, this.app.say(one.what), one.needs && !one.can ? h("small", {}, t.needs(this.app.say(one.needs))) : null)),
      ),
    );
  }

  /** Into the row that is there: what a person selects or points at stays. */
  private write(place: number, name: string, value: string, why: string): void {
    let row = this.written[place];
    if (!row) {
      row = { value: h("span", {}), why: h("small", {}) };
      this.written.push(row);
      this.facts.append(h("div", {}, h("dt", {}, name), h("dd", {}, row.value, row.why)));
    }
    setText(row.value, value);
    setText(row.why, why);
  }

  private rows(report: Report): [name: string, value: string, why: string][] {
    const { t, numbers } = this.app;
    const { facts } = t;
    const { pace, history } = report;
    const interval = numbers.duration(pace.interval_seconds);
    return [
      [facts.host, report.host, ""],
      [facts.kernel, report.kernel, ""],
      [facts.namespace, report.netns, ""],
      [facts.version, report.version, ""],
      [facts.uptime, numbers.duration(Math.floor(report.uptime_seconds)), ""],
      [facts.interval, pace.interval_seconds > pace.wanted_seconds ? t.stretched(interval, numbers.duration(pace.wanted_seconds)) : interval, this.app.say(pace.reason)],
      [facts.source, `${report.source ?? "–"} · ${numbers.milliseconds(report.duration_ms)}`, this.app.say(report.source_reason)],
      [facts.cost, t.costOf(numbers.percent(pace.used_percent), numbers.percent(pace.budget_percent), numbers.milliseconds(pace.cost_ms)), ""],
      [facts.missed, numbers.count(pace.missed), ""],
      [facts.completeness, report.completeness ? t.completeness[report.completeness] : "–", this.app.say(report.completeness_reason)],
      [
        facts.history,
        history.is_kept ? t.historyKept(history.path ?? "–", numbers.bytes(history.bytes), history.oldest ? numbers.moment(Date.parse(history.oldest)) : "–") : t.historyNotKept,
        [this.app.say(history.trouble), history.lost > 0 ? t.historyLost(numbers.count(history.lost)) : ""].filter(Boolean).join(" "),
      ],
    ];
  }
}
