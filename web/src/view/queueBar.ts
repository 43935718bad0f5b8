import type { Level } from "../api/contract";
import type { App } from "../app";
import { h, setAttribute, setText } from "../dom";

/** How full a queue is: used, limit, per cent, and the same as a bar. */
export class QueueBar {
  readonly element: HTMLElement;
  private readonly of = h("span", {});
  private readonly percent = h("b", {});
  private readonly bar = h("span", { class: "bar", "aria-hidden": "true" });
  private readonly level = h("span", { class: "visually-hidden" });

  constructor(private readonly app: App) {
    this.element = h("div", { class: "queue" }, h("span", { class: "of" }, this.of, " ", this.percent), this.level, this.bar);
  }

  write(used: number | null, limit: number | null, percent: number | null, level: Level): void {
    const { t, numbers } = this.app;
    setAttribute(this.element, "class", `queue level-${level}`);
    setText(this.of, limit === null ? numbers.count(used) : t.ofLimit(numbers.count(used), numbers.count(limit)));
    setText(this.percent, percent === null ? "" : numbers.percent(percent));
    setText(this.level, level === "ok" ? "" : t.levels[level]);
    this.bar.hidden = percent === null;
    // What is used at all can be seen.
    this.bar.style.setProperty("--share", `${Math.min(100, Math.max(percent ?? 0, used ? 1.5 : 0))}%`);
  }
}
