import type { Finding } from "../api/contract";
import type { App } from "../app";
import { h, replace } from "../dom";

/** The findings of one thing in a line each, and the way to all that is known of them. */
export class FindingLinks {
  readonly element = h("div", { class: "finding-links" });
  private shown = "";

  constructor(private readonly app: App) {}

  draw(findings: readonly Finding[]): void {
    const { app } = this;
    const key = findings.map((finding) => finding.severity + app.say(finding.sentence)).join("\n");
    if (key === this.shown) return;
    this.shown = key;
    replace(this.element, ...findings.map((finding) => h("a", { href: "/findings", class: `finding-link level-${finding.severity}` }, h("b", {}, app.t.levels[finding.severity]), " ", app.say(finding.sentence))));
  }
}
