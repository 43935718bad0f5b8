import type { App } from "../app";
import { h, replace, setText } from "../dom";
import { nextPreset, scaled, selected, shifted, parseRange, usualRange, type Range } from "../model/range";
import { Timeline, type View } from "../model/timeline";
import { Chart, type ChartKind } from "./chart";
import { notice } from "./notice";
import { RangeBar } from "./rangeBar";

/** Charts over one stretch of time that they share, with what chooses it and what happened in it. */
export class HistorySection {
  readonly element: HTMLElement;
  private readonly charts: Chart[];
  private readonly bar: RangeBar;
  private readonly timeline: Timeline;
  private readonly step = h("p", { class: "step" });
  private readonly trouble = h("div", {});
  private readonly events = h("details", { class: "card events", hidden: true });
  private readonly leaveView: () => void;
  private troubled: string | null = null;
  private listed = "";

  constructor(
    private readonly app: App,
    kinds: readonly ChartKind[],
    private range: Range,
    private readonly choose: (range: Range) => void,
    private readonly back: () => void,
  ) {
    const ids = [...new Set(kinds.flatMap((kind) => kind.lines.map((line) => line.id)))];
    const points = Math.min(app.catalogue.limits.points, Math.max(300, Math.min(1200, innerWidth)));
    this.bar = new RangeBar(app, choose, back);
    this.charts = kinds.map((kind) => new Chart(app, kind, { zoom: (from, to) => choose(selected(from, to)), back }));
    this.element = h(
      "section",
      { class: "history", "aria-labelledby": "history-title" },
      h("div", { class: "history-head" }, h("h2", { id: "history-title" }, app.t.history), this.step, this.bar.element),
      this.trouble,
      h("div", { class: kinds.length > 1 ? "charts" : "charts single" }, ...this.charts.map((chart) => chart.element)),
      this.events,
    );
    this.bar.show(range);
    this.timeline = new Timeline(app.live, ids, range, points);
    this.leaveView = this.timeline.view.follow((view) => this.draw(view));
  }

  show(range: Range): void {
    this.range = range;
    this.bar.show(range);
    this.timeline.show(range);
  }

  key(event: KeyboardEvent): boolean {
    const now = Date.now();
    const ranges: Record<string, () => Range> = {
      "[": () => nextPreset(this.range, -1),
      "]": () => nextPreset(this.range, 1),
      "+": () => scaled(this.range, 0.5, now),
      "=": () => scaled(this.range, 0.5, now),
      "-": () => scaled(this.range, 2, now),
      ArrowLeft: () => shifted(this.range, -0.5, now),
      ArrowRight: () => shifted(this.range, 0.5, now),
      r: () => parseRange(usualRange) as Range,
    };
    if (event.key === "Backspace") this.back();
    else {
      const next = ranges[event.key];
      if (!next) return false;
      this.choose(next());
    }
    return true;
  }

  leave(): void {
    this.leaveView();
    this.timeline.leave();
    for (const chart of this.charts) chart.leave();
  }

  private draw(view: View): void {
    const { t, numbers } = this.app;
    for (const chart of this.charts) chart.draw(view);
    const step = numbers.duration(view.curves.stepSeconds);
    const isKept = this.app.live.report.value?.history.is_kept ?? true;
    setText(this.step, !isKept ? t.noHistory : view.curves.stepSeconds > 1 ? t.stepBand(step) : t.stepOne(step));
    this.showTrouble(view);
    this.listEvents(view);
  }

  private showTrouble({ trouble }: View): void {
    const words = trouble && this.app.say(trouble.message);
    if (words === this.troubled) return;
    this.troubled = words;
    replace(this.trouble, trouble && notice(this.app, trouble, () => void this.timeline.load()));
  }

  private listEvents({ annotations }: View): void {
    const { t, numbers } = this.app;
    const key = annotations.map((one) => one.time + one.kind).join();
    if (key === this.listed) return;
    this.listed = key;
    this.events.hidden = annotations.length === 0;
    replace(
      this.events,
      h("summary", {}, t.events(numbers.count(annotations.length))),
      h("ol", {}, ...[...annotations].reverse().map((one) => h("li", {}, h("time", { datetime: one.time }, numbers.moment(Date.parse(one.time))), h("span", { class: "kind" }, t.eventKinds[one.kind] ?? one.kind), h("span", {}, this.app.say(one.text))))),
    );
  }
}
