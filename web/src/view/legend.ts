import type { App } from "../app";
import { h, s, setText } from "../dom";
import type { Curves } from "../model/curves";
import type { ChartKind, Line } from "./chart";

/** The names of a chart's lines, each with its pattern and the value under the cursor, else the latest. A click hides a line. */
export class Legend {
  readonly element: HTMLElement;
  private readonly values: HTMLElement[] = [];
  /** The time under the cursor. */
  readonly time = h("time", {});

  constructor(private readonly app: App, private readonly kind: ChartKind, toggle: (place: number, isShown: boolean) => void) {
    this.element = h("div", { class: "legend" }, ...kind.lines.map((line, place) => this.entry(line, place, toggle)));
  }

  show(curves: Curves, place: number | null): void {
    const { numbers } = this.app;
    const at = place ?? curves.times.length - 1;
    const time = curves.times[at];
    setText(this.time, place === null || time === undefined ? "" : numbers.moment(time));
    this.kind.lines.forEach((line, i) => {
      const band = curves.series[line.id];
      const value = band?.avg[at];
      const text = this.kind.unit === "percent" ? numbers.percent(value) : this.kind.unit === "count" ? numbers.count(value) : numbers.measure(value);
      const highest = band?.max[at];
      const isSpread = place !== null && curves.stepSeconds > 1 && highest != null && value != null && highest > value * 1.005;
      const element = this.values[i];
      if (element) setText(element, isSpread ? `${text} ↑${numbers.measure(highest)}` : text);
    });
  }

  private entry(line: Line, place: number, toggle: (place: number, isShown: boolean) => void): HTMLElement {
    const value = h("b", {}, "–");
    this.values.push(value);
    const sample = s("svg", { class: "sample", viewBox: "0 0 22 8", "aria-hidden": "true" }, s("line", { x1: 1, x2: 21, y1: 4, y2: 4, "stroke-dasharray": line.dash.join(" ") || null }));
    const button = h("button", { type: "button", "aria-pressed": "true", title: this.app.t.hideLine(line.name), "--c": line.colour }, sample, h("span", {}, line.name), value);
    button.addEventListener("click", () => {
      const isShown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isShown));
      toggle(place, isShown);
    });
    return button;
  }
}
