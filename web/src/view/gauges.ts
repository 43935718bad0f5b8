import type { App } from "../app";
import type { Gauge } from "../api/contract";
import { h, replace } from "../dom";

const shownAtFirst = 7;

/** How full each thing is that can run out: the fullest first, with numbers, and in words for who cannot see the bar. */
export class Gauges {
  readonly element: HTMLElement;
  private readonly list = h("ul", { class: "gauges" });
  private readonly more: HTMLButtonElement;
  private all = false;
  private last: readonly Gauge[] = [];

  constructor(private readonly app: App) {
    this.more = h("button", { type: "button", class: "quiet", onclick: () => this.toggle() });
    this.element = h("section", { class: "card", "aria-labelledby": "limits-title" }, h("h2", { id: "limits-title" }, app.t.limits), this.list, this.more);
  }

  draw(gauges: readonly Gauge[] | null): void {
    const { t, numbers } = this.app;
    this.last = gauges ?? [];
    const sorted = [...this.last].sort((a, b) => (b.percent ?? -1) - (a.percent ?? -1));
    const shown = this.all ? sorted : sorted.slice(0, shownAtFirst);
    replace(this.list, ...shown.map((gauge) => this.row(gauge)));
    if (sorted.length === 0) replace(this.list, h("li", { class: "empty" }, t.noLimits));
    this.more.hidden = sorted.length <= shownAtFirst;
    this.more.textContent = this.all ? t.fewerLimits : t.moreLimits(numbers.count(sorted.length - shownAtFirst));
    this.more.setAttribute("aria-expanded", String(this.all));
  }

  private row(gauge: Gauge): HTMLElement {
    const { t, numbers } = this.app;
    const label = this.app.say(gauge.label);
    const [used, limit] = [numbers.inUnit(gauge.used, gauge.unit), numbers.inUnit(gauge.limit, gauge.unit)];
    return h(
      "li",
      { class: `gauge level-${gauge.level}`, title: this.app.say(gauge.detail) || null },
      h("span", { class: "what" }, label),
      h("span", { class: "of" }, t.ofLimit(used, limit), h("b", {}, numbers.percent(gauge.percent))),
      h("span", { class: "visually-hidden" }, t.levels[gauge.level]),
      h("span", { class: "bar", "aria-hidden": "true", "--share": `${Math.min(100, Math.max(gauge.percent ?? 0, gauge.used ? 0.8 : 0))}%` }),
      gauge.level !== "ok" && gauge.detail && h("span", { class: "detail" }, this.app.say(gauge.detail)),
    );
  }

  private toggle(): void {
    this.all = !this.all;
    this.draw(this.last);
  }
}
