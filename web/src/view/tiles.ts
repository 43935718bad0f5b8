import type { App } from "../app";
import type { Report, StateInfo } from "../api/contract";
import { h, setAttribute, setText } from "../dom";
import { change, type Curves } from "../model/curves";
import { addressOf, type Route } from "../model/route";
import { Sparkline } from "./sparkline";

const sparkSeconds = 600;
const changeSeconds = 60;

/** The eleven states in the order of a connection's life, each with its number, its change and its last ten minutes. */
export class Tiles {
  readonly element: HTMLElement;
  private readonly tiles: Tile[];

  constructor(app: App, troubled: (report: Report) => ReadonlySet<string>) {
    this.tiles = app.catalogue.states.map((state) => new Tile(app, state));
    this.element = h("ul", { class: "tiles", "aria-label": app.t.states }, ...this.tiles.map((tile) => h("li", {}, tile.element)));
    this.draw = (report, curves) => {
      const trouble = troubled(report);
      for (const tile of this.tiles) tile.draw(report, curves, trouble);
    };
  }

  readonly draw: (report: Report, curves: Curves) => void;
}

class Tile {
  readonly element: HTMLAnchorElement;
  private readonly number = h("b", { class: "count" });
  private readonly change = h("span", { class: "change" });
  private readonly spark: Sparkline;

  constructor(private readonly app: App, private readonly state: StateInfo) {
    const route: Route = { page: "machine", state: state.name, range: { kind: "last", seconds: 900 } };
    this.spark = new Sparkline(`sockets.${state.name}`);
    this.element = h(
      "a",
      { class: "tile", href: addressOf(route), "data-state": state.name, "--c": app.palette.state(state.name), title: app.say(state.meaning) },
      h("span", { class: "name" }, state.linux),
      " ",
      app.language === "zh" && h("span", { class: "chinese" }, state.chinese),
      " ",
      this.number,
      " ",
      this.change,
      this.spark.element,
    );
  }

  draw(report: Report, curves: Curves, trouble: ReadonlySet<string>): void {
    const { t, numbers } = this.app;
    const id = `sockets.${this.state.name}`;
    const count = report.states?.[this.state.name]?.total ?? null;
    const by = count === null ? null : change(curves, id, changeSeconds);
    const changed = by === null ? t.changeUnknown : by === 0 ? t.noChange : t.perMinute(numbers.change(by));
    setText(this.number, numbers.count(count));
    setText(this.change, count === null ? t.unseen : changed);
    if (count === null && report.close_reason && this.state.name === "close") setAttribute(this.element, "title", this.app.say(report.close_reason));
    this.element.classList.toggle("moved", by !== null && by !== 0);
    this.element.classList.toggle("in-trouble", trouble.has(this.state.name));
    this.spark.draw(curves, sparkSeconds);
  }
}
