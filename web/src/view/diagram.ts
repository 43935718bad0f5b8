import type { App } from "../app";
import type { Report } from "../api/contract";
import { h, s, setAttribute, setText } from "../dom";
import { arrows, gone, route, tall, wide, type Arrow, type Layout } from "../model/diagram";
import { statesInTrouble } from "../model/trouble";

interface Node {
  name: string;
  link: SVGAElement;
  count: SVGTextElement;
}

/** The state machine with the present counts. Only a state in trouble is filled. Two drawings, of which the style sheet shows the one that fits. */
export class Diagram {
  readonly element: HTMLElement;
  private readonly nodes: Node[] = [];
  private readonly rates: { counter: string; text: SVGTextElement }[] = [];

  constructor(private readonly app: App, private readonly address: (state: string) => string, hasWords: boolean) {
    this.element = h("div", { class: "diagram" }, this.drawing(wide, "wide", hasWords), this.drawing(tall, "tall", false));
  }

  draw(report: Report, selected: string | null): void {
    const { t, numbers } = this.app;
    const trouble = statesInTrouble(report, this.app.catalogue.states);
    for (const { name, link, count } of this.nodes) {
      const total = report.states?.[name]?.total ?? null;
      setText(count, numbers.count(total));
      link.classList.toggle("in-trouble", trouble.has(name));
      link.classList.toggle("none", total === 0 || total === null);
      setAttribute(link, "aria-current", name === selected ? "true" : null);
    }
    for (const { counter, text } of this.rates) {
      const rate = report.values?.[`counter.${counter}`] ?? null;
      setText(text, rate === null ? "" : t.perSecond(numbers.measure(rate)));
    }
  }

  private drawing(layout: Layout, name: string, hasWords: boolean): SVGSVGElement {
    const drawing = s("svg", { class: `machine ${name}`, viewBox: `0 0 ${layout.width} ${layout.height}`, role: "group", "aria-label": this.app.say(this.app.catalogue.machine.title) });
    const head = `head-${name}-${hasWords ? "words" : "plain"}`;
    drawing.append(
      s("defs", {}, s("marker", { id: head, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path", { class: "head", d: "M0 0.5L8 4L0 7.5Z" }))),
      ...arrows.map((arrow) => this.arrow(layout, arrow, head, hasWords && layout.hasLabels)),
      this.end(layout),
      ...this.app.catalogue.states.filter((state) => layout.at[state.name]).map((state) => this.node(layout, state.name)),
    );
    return drawing;
  }

  private arrow(layout: Layout, arrow: Arrow, head: string, hasWords: boolean): SVGGElement {
    const { path, middle } = route(layout, arrow);
    const group = s("g", { class: arrow.to === gone ? "arrow ending" : "arrow", "aria-hidden": "true" }, s("path", { d: path, "marker-end": `url(#${head})` }));
    if (hasWords) group.append(s("text", { class: "cause", x: middle.x, y: middle.y - 5 }, this.app.t.arrows[arrow.cause]));
    if (arrow.counter) {
      const text = s("text", { class: "rate", x: middle.x, y: middle.y + (hasWords ? 13 : 4) });
      group.append(text, s("title", {}, this.app.t.kernelRate(arrow.counter)));
      this.rates.push({ counter: arrow.counter, text });
    }
    return group;
  }

  private node(layout: Layout, name: string): SVGAElement {
    const { width, height } = layout.node;
    const { x, y } = layout.at[name] ?? { x: 0, y: 0 };
    const state = this.app.state(name);
    const count = s("text", { class: "count", x, y: this.app.language === "zh" ? y - 8 : y });
    const names =
      this.app.language === "zh"
        ? [s("text", { class: "label", x, y: y + 8 }, state?.linux ?? name), s("text", { class: "label chinese", x, y: y + 22.5 }, state?.chinese ?? "")]
        : [s("text", { class: "label", x, y: y + 18 }, state?.linux ?? name)];
    const link = s(
      "a",
      { class: "node", href: this.address(name), "--c": this.app.palette.state(name), "data-state": name },
      s("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 10 }),
      // In the order in which they are read aloud.
      ...names.flatMap((text) => [text, " "]),
      count,
    );
    this.nodes.push({ name, link, count });
    return link;
  }

  private end(layout: Layout): SVGTextElement {
    const at = layout.at[gone] ?? { x: 0, y: 0 };
    return s("text", { class: "gone", x: at.x, y: at.y + 4 }, this.app.t.gone);
  }
}

/** Every arrow as a sentence, for who cannot see the drawing and for the phone, where the arrows have no words. */
export function transitions(app: App): HTMLElement {
  const name = (state: string): string => (state === gone ? app.t.gone : (app.state(state)?.linux ?? state));
  return h(
    "details",
    { class: "transitions" },
    h("summary", {}, app.t.transitions),
    h("ul", {}, ...arrows.map((arrow) => h("li", {}, app.t.arrowTo(name(arrow.from), name(arrow.to), app.t.arrows[arrow.cause])))),
    h("p", {}, app.say(app.catalogue.machine.left_out)),
  );
}
