import type { App } from "../app";
import type { Findings } from "../api/contract";
import { h, replace } from "../dom";
import { bars, hour } from "../model/findingBars";

/** The last hour as bars, one line for each finding. The list beside it says the same in words. */
export class FindingTimeline {
  readonly element: HTMLElement;
  private readonly lines = h("div", { class: "timeline-lines" });
  private readonly from = h("span", {});
  private readonly to = h("span", {});

  constructor(private readonly app: App) {
    this.element = h("section", { class: "card finding-timeline" }, h("h2", {}, app.t.findingsTimeline), this.lines, h("p", { class: "timeline-axis", "aria-hidden": "true" }, this.from, this.to));
  }

  draw(findings: Findings): void {
    const { app } = this;
    const now = Date.parse(findings.time);
    this.from.textContent = app.numbers.clock(now - hour);
    this.to.textContent = app.numbers.clock(now);
    const rows = bars(findings, now);
    this.element.hidden = rows.length === 0;
    replace(
      this.lines,
      ...rows.map((row) =>
        h(
          "div",
          { class: "timeline-line" },
          h("span", { class: "timeline-name", title: app.say(row.sentence) }, `${app.say(row.subject)} · ${row.rule}`),
          h(
            "span",
            { class: "timeline-track", role: "img", "aria-label": row.pieces.map((piece) => `${app.t.levels[piece.level]}: ${app.numbers.clock(piece.opened)} – ${piece.isOpen ? app.t.now : app.numbers.clock(piece.closed)}`).join("; ") },
            ...row.pieces.map((piece) => h("i", { class: `timeline-bar level-${piece.level}`, "--from": `${piece.from * 100}%`, "--width": `${piece.width * 100}%` })),
          ),
        ),
      ),
    );
  }
}
