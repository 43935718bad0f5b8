import type { App } from "../app";
import { h, setText } from "../dom";
import type { Curves } from "../model/curves";
import { Sparkline } from "./sparkline";

/** What the kernel counts at its listeners, all ports together: it counts no port by itself. */
export const dropSeries = ["counter.ListenOverflows", "counter.ListenDrops", "counter.TCPReqQFullDrop", "counter.SyncookiesSent"];

const sparkSeconds = 600;

/** Connections and SYNs that listeners lost, per second, each with its last ten minutes. */
export class Drops {
  readonly element: HTMLElement;
  private readonly tiles: { id: string; number: HTMLElement; tile: HTMLElement; spark: Sparkline }[];

  constructor(private readonly app: App, ids: readonly string[]) {
    const { t } = app;
    this.tiles = ids.map((id) => ({ id, number: h("b", { class: "count" }), tile: h("li", { class: "drop", "data-series": id, "--c": app.palette.of(id) }), spark: new Sparkline(id, true) }));
    for (const { id, number, tile, spark } of this.tiles) {
      const series = app.catalogue.series.find((one) => one.id === id);
      tile.append(h("span", { class: "name" }, app.say(series?.name)), h("code", {}, id.replace("counter.", "")), number, spark.element);
      tile.title = app.say(series?.description);
    }
    this.element = h("section", { class: "card drops", "aria-labelledby": "drops-title" }, h("h2", { id: "drops-title" }, t.drops), h("ul", {}, ...this.tiles.map(({ tile }) => tile)), h("p", { class: "step" }, t.dropsHint));
  }

  draw(values: Record<string, number | null> | null, curves: Curves): void {
    const { t, numbers } = this.app;
    for (const { id, number, tile, spark } of this.tiles) {
      const value = values?.[id] ?? null;
      setText(number, value === null ? numbers.measure(value) : t.perSecond(numbers.measure(value)));
      tile.classList.toggle("is-some", value !== null && value > 0);
      spark.draw(curves, sparkSeconds);
    }
  }
}
