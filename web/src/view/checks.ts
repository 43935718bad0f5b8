import type { App } from "../app";
import type { Check } from "../api/contract";
import { h, replace } from "../dom";

/** What was looked at, and how that ended: what cannot be judged stands beside what is fine. */
export class Checks {
  readonly element: HTMLElement;
  private readonly body = h("tbody", {});

  constructor(private readonly app: App) {
    const { t } = app;
    this.element = h(
      "section",
      { class: "card", "aria-labelledby": "checks-title" },
      h("h2", { id: "checks-title" }, t.checks),
      h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t.checks }, h("table", { class: "checks" }, h("caption", { class: "visually-hidden" }, t.checks), this.body)),
    );
  }

  draw(checks: Check[]): void {
    const { app } = this;
    replace(this.body, ...checks.map((check) => h("tr", { class: `check-${check.result}` }, h("th", { scope: "row" }, app.say(check.what)), h("td", {}, app.t.checkResults[check.result]), h("td", { class: "told" }, app.say(check.told)))));
  }
}
