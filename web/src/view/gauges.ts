import type { App } from "../app";
import type { Gauge } from "../api/contract";
import { h, replace, setAttribute, setText } from "../dom";

const shownAtFirst = 7;

/** How full each thing is that can run out: the fullest first, with numbers, and in words for who cannot see the bar. */
export class Gauges {
  readonly element: HTMLElement;
  private readonly list = h("ul", { class: "gauges" });
  private readonly more: HTMLButtonElement;
  private readonly rows = new Map<string, Row>();
  private readonly none: HTMLElement;
  private all = false;
  private last: readonly Gauge[] = [];

  constructor(private readonly app: App) {
    this.none = h("li", { class: "empty" }, app.t.noLimits);
    this.more = h("button", { type: "button", class: "quiet", onclick: () => this.toggle() });
    this.element = h("section", { class: "card", "aria-labelledby": "limits-title" }, h("h2", { id: "limits-title" }, app.t.limits), this.list, this.more);
  }

  draw(gauges: readonly Gauge[] | null): void {
    const { t, numbers } = this.app;
    this.last = gauges ?? [];
    const sorted = [...this.last].sort((a, b) => (b.percent ?? -1) - (a.percent ?? -1));
    const shown = this.all ? sorted : sorted.slice(0, shownAtFirst);
    const rows = shown.map((gauge) => this.write(gauge));
    if (rows.length === 0) rows.push(this.none);
    // Rows are moved only when their order changed: what a person points at stays.
    if (rows.some((row, place) => this.list.children[place] !== row) || rows.length !== this.list.children.length) replace(this.list, ...rows);
    for (const id of this.rows.keys()) if (!this.last.some((gauge) => gauge.id === id)) this.rows.delete(id);
    this.more.hidden = sorted.length <= shownAtFirst;
    this.more.textContent = this.all ? t.fewerLimits : t.moreLimits(numbers.count(sorted.length - shownAtFirst));
    this.more.setAttribute("aria-expanded", String(this.all));
  }

  private write(gauge: Gauge): HTMLElement {
    const { app } = this;
    const { t, numbers } = app;
    let row = this.rows.get(gauge.id);
    if (!row) {
      row = new Row();
      this.rows.set(gauge.id, row);
    }
    const [used, limit] = [numbers.inUnit(gauge.used, gauge.unit), numbers.inUnit(gauge.limit, gauge.unit)];
    row.write(gauge, { label: app.say(gauge.label), of: gauge.unit === "pages" ? t.pagesOf(used, limit) : t.ofLimit(used, limit), percent: numbers.percent(gauge.percent), level: t.levels[gauge.level], detail: app.say(gauge.detail) });
    return row.element;
  }

  private toggle(): void {
    this.all = !this.all;
    this.draw(this.last);
  }
}

class Row {
  readonly element: HTMLLIElement;
  private readonly label = h("span", { class: "what" });
  private readonly of = h("span", {});
  private readonly percent = h("b", {});
  private readonly level = h("span", { class: "visually-hidden" });
  private readonly bar = h("span", { class: "bar", "aria-hidden": "true" });
  private readonly detail = h("span", { class: "detail" });

  constructor() {
    this.element = h("li", {}, this.label, h("span", { class: "of" }, this.of, this.percent), this.level, this.bar, this.detail);
  }

  write(gauge: Gauge, words: { label: string; of: string; percent: string; level: string; detail: string }): void {
    // What is used at all can be seen.
    const share = Math.min(100, Math.max(gauge.percent ?? 0, gauge.used ? 0.8 : 0));
    setAttribute(this.element, "class", `gauge level-${gauge.level}`);
    setAttribute(this.element, "title", words.detail || null);
    setText(this.label, words.label);
    setText(this.of, words.of);
    setText(this.percent, words.percent);
    setText(this.level, words.level);
    setText(this.detail, words.detail);
    this.detail.hidden = gauge.level === "ok" || words.detail === "";
    this.bar.style.setProperty("--share", `${share}%`);
  }
}
