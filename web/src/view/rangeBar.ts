import type { App } from "../app";
import { h, setText } from "../dom";
import { formatRange, parseRange, presets, spanSeconds, type Range } from "../model/range";

/** The buttons of time: the usual ranges, and where one is when zoomed. */
export class RangeBar {
  readonly element: HTMLElement;
  private readonly buttons: [name: string, button: HTMLButtonElement][];
  private readonly where = h("span", { class: "where" });
  private readonly backButton: HTMLButtonElement;

  constructor(private readonly app: App, choose: (range: Range) => void, back: () => void) {
    this.buttons = presets.map((name) => [
      name,
      h("button", { type: "button", onclick: () => choose(parseRange(name) as Range) }, app.t.rangeNames[name]),
    ]);
    this.backButton = h("button", { type: "button", class: "back", onclick: back }, `‹ ${app.t.back}`);
    this.element = h("div", { class: "range-bar", role: "group", "aria-label": app.t.ranges }, this.backButton, this.where, h("div", { class: "segments" }, ...this.buttons.map(([, button]) => button)));
  }

  show(range: Range): void {
    const { t, numbers } = this.app;
    const name = formatRange(range);
    let isPreset = false;
    for (const [preset, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(preset === name));
      isPreset ||= preset === name;
    }
    setText(this.where, isPreset ? "" : range.kind === "fixed" ? t.zoomed(numbers.moment(range.from), numbers.moment(range.to)) : t.lastSpan(numbers.duration(spanSeconds(range))));
    this.where.hidden = isPreset;
    this.backButton.hidden = range.kind === "last";
  }
}
