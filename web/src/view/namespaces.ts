import type { App } from "../app";
import type { OtherNamespace, Report } from "../api/contract";
import { h, replace } from "../dom";

/** The other network namespaces of the host, counted beside the monitor's own. */
export class Namespaces {
  readonly element: HTMLElement;
  private readonly body = h("tbody", {});

  constructor(private readonly app: App) {
    this.element = h(
      "section",
      { class: "card", "aria-labelledby": "namespaces-title" },
      h("h2", { id: "namespaces-title" }, app.t.namespaces),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": app.t.namespaces },
        h(
          "table",
          {},
          h("caption", { class: "visually-hidden" }, app.t.namespaces),
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, app.t.namespace), ...app.catalogue.states.map((state) => h("th", { scope: "col", class: "number small" }, state.linux)))),
          this.body,
        ),
      ),
    );
  }

  draw(report: Report): void {
    this.element.hidden = report.namespaces.length === 0;
    replace(this.body, ...report.namespaces.map((namespace) => this.row(namespace)));
  }

  private row(namespace: OtherNamespace): HTMLElement {
    const { catalogue, numbers } = this.app;
    const states = namespace.states;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, namespace.netns),
      ...(states === null || namespace.error
        ? [h("td", { colspan: catalogue.states.length, class: "why" }, this.app.say(namespace.error))]
        : catalogue.states.map((state) => h("td", { class: states[state.name] ? "number" : "number zero" }, numbers.count(states[state.name])))),
    );
  }
}
