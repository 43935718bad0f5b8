import uPlot from "uplot";
import type { App } from "../app";
import { h, setAttribute } from "../dom";
import { withOpacity } from "../model/colour";
import { extent } from "../model/curves";
import { chartData } from "../model/chartData";
import type { View } from "../model/timeline";
import { drawAnnotations } from "./annotationMarks";
import { Legend } from "./legend";

export interface Line {
  /** The series' id. */
  id: string;
  name: string;
  colour: string;
  dash: number[];
}

export interface ChartKind {
  title: string;
  lines: Line[];
  unit: "count" | "percent" | "rate";
}

export interface ChartActions {
  zoom(from: number, to: number): void;
  back(): void;
}

const height = 190;
const summaryEvery = 15_000;

/** A chart of lines over time: means as lines, lowest to highest as bands, one cursor shared by all charts of the page. */
export class Chart {
  readonly element: HTMLElement;
  private readonly frame: HTMLDivElement;
  private readonly empty: HTMLParagraphElement;
  private readonly legend: Legend;
  private readonly observer: ResizeObserver;
  private readonly visibility: IntersectionObserver;
  private plot: uPlot | null = null;
  private view: View | null = null;
  private isSeen = false;
  private isDue = false;
  private summarized = 0;

  constructor(private readonly app: App, private readonly kind: ChartKind, private readonly actions: ChartActions) {
    this.legend = new Legend(app, kind, (place, isShown) => this.toggle(place, isShown));
    this.frame = h("div", { class: "plot", tabindex: 0, role: "img", "aria-label": kind.title, onkeydown: (event: KeyboardEvent) => this.key(event) });
    this.empty = h("p", { class: "nothing", hidden: true }, app.t.nothingDrawn);
    this.element = h("figure", { class: "card chart" }, h("figcaption", {}, h("h3", {}, kind.title), this.legend.time), this.legend.element, h("div", { class: "plot-box" }, this.frame, this.empty));
    this.observer = new ResizeObserver(() => this.plot?.setSize({ width: this.frame.clientWidth, height }));
    this.observer.observe(this.frame);
    this.visibility = new IntersectionObserver((entries) => this.seen(entries.some((entry) => entry.isIntersecting)), { rootMargin: "200px" });
    this.visibility.observe(this.element);
  }

  draw(view: View): void {
    this.view = view;
    // What is scrolled out of sight is drawn when it comes into sight.
    if (!this.isSeen) {
      this.isDue = true;
      return;
    }
    this.isDue = false;
    this.plot ??= this.make();
    this.plot.batch(() => {
      this.plot?.setData(chartData(view.curves, this.kind.lines.map((line) => line.id)) as uPlot.AlignedData, false);
      this.plot?.setScale("x", { min: view.from / 1000, max: view.to / 1000 });
    });
    this.legend.show(view.curves, this.plot.cursor.idx ?? null);
    this.empty.hidden = this.kind.lines.some((line) => extent(view.curves, line.id) !== null);
    if (Date.now() - this.summarized > summaryEvery) this.summarize();
  }

  leave(): void {
    this.observer.disconnect();
    this.visibility.disconnect();
    this.plot?.destroy();
  }

  private seen(isSeen: boolean): void {
    this.isSeen = isSeen;
    if (isSeen && this.isDue && this.view) this.draw(this.view);
  }

  private make(): uPlot {
    const style = getComputedStyle(document.documentElement);
    const soft = style.getPropertyValue("--soft").trim();
    const ground = style.getPropertyValue("--card").trim();
    const grid = { stroke: style.getPropertyValue("--grid").trim(), width: 1 };
    const { numbers } = this.app;
    const { lines, unit } = this.kind;
    const font = "11px system-ui, sans-serif";
    const axis = { stroke: soft, font, grid, ticks: { show: false } };
    return new uPlot(
      {
        width: this.frame.clientWidth || 600,
        height,
        legend: { show: false },
        padding: [16, null, 0, 0],
        cursor: {
          sync: { key: "time", setSeries: false },
          drag: { x: true, y: false, setScale: false, dist: 6 },
          points: { size: 6 },
          bind: { dblclick: () => () => (this.actions.back(), null) },
        },
        scales: { y: { range: (_, __, max) => [0, roof(max, unit)] } },
        axes: [
          { ...axis, size: 26, gap: 6, space: 70, values: (_, splits, __, ___, step) => splits.map((split) => numbers.tick(split * 1000, step)) },
          {
            ...axis,
            size: 48,
            space: 32,
            incrs: unit === "count" ? wholeSteps : steps,
            values: (_, splits) => splits.map((split) => (unit === "percent" ? `${split} %` : numbers.compact(split))),
          },
        ],
        series: [
          {},
          ...lines.map((line): uPlot.Series => ({ label: line.name, stroke: line.colour, width: 1.5, dash: line.dash, points: { show: false } })),
          // Two invisible lines for each band.
          ...lines.flatMap((): uPlot.Series[] => [
            { width: 0, points: { show: false } },
            { width: 0, points: { show: false } },
          ]),
        ],
        bands: lines.map((line, i) => ({ series: [1 + lines.length + 2 * i, 2 + lines.length + 2 * i] as [number, number], fill: withOpacity(line.colour, 0.18) })),
        hooks: {
          draw: [(plot) => drawAnnotations(plot, this.app, this.view?.annotations ?? [], soft, ground)],
          setCursor: [(plot) => this.view && this.legend.show(this.view.curves, plot.cursor.idx ?? null)],
          setSelect: [(plot) => this.select(plot)],
        },
      },
      chartData({ stepSeconds: 1, times: [], series: {}, tail: 0 }, lines.map((line) => line.id)) as uPlot.AlignedData,
      this.frame,
    );
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    // The chart in which it was dragged is the one that zooms; the others hear of it by the address.
    this.actions.zoom(plot.posToVal(left, "x") * 1000, plot.posToVal(left + width, "x") * 1000);
  }

  private toggle(place: number, isShown: boolean): void {
    const count = this.kind.lines.length;
    this.plot?.batch(() => {
      for (const series of [1 + place, 1 + count + 2 * place, 2 + count + 2 * place]) this.plot?.setSeries(series, { show: isShown });
    });
  }

  private key(event: KeyboardEvent): void {
    const plot = this.plot;
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const times = plot?.data[0];
    if (!plot || !times?.length || by === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const place = Math.min(times.length - 1, Math.max(0, (plot.cursor.idx ?? times.length) + by * (event.shiftKey ? 10 : 1)));
    plot.setCursor({ left: plot.valToPos(times[place] ?? 0, "x"), top: plot.bbox.height / devicePixelRatio / 2 });
    this.summarize();
  }

  /** The chart in words. */
  private summarize(): void {
    const { t, numbers } = this.app;
    const view = this.view;
    if (!view) return;
    this.summarized = Date.now();
    const lines = this.kind.lines.map((line) => {
      const range = extent(view.curves, line.id);
      return range ? t.lineSummary(line.name, numbers.measure(range.last), numbers.measure(range.min), numbers.measure(range.max)) : t.lineEmpty(line.name);
    });
    const span = t.zoomed(numbers.moment(view.from), numbers.moment(view.to));
    setAttribute(this.frame, "aria-label", `${t.chartSummary(this.kind.title, span, lines.join(" "))} ${t.chartKeys}`);
  }
}

/** Without the quarters that uPlot also offers: 0.25 and 0.75 would be rounded on the axis. */
const steps = [1, 2, 5].flatMap((digit) => Array.from({ length: 12 }, (_, power) => digit * 10 ** (power - 3))).sort((a, b) => a - b);
const wholeSteps = steps.filter((step) => step >= 1);

function roof(max: number | null, unit: ChartKind["unit"]): number {
  const least = unit === "count" ? 4 : unit === "percent" ? 10 : 1;
  return Math.max(least, (max ?? 0) * 1.06);
}
