import type { App } from "../app";
import type { Report } from "../api/contract";
import { h, setText } from "../dom";

/** The first line: one sentence that a person can act on. It is read aloud when its level or words change, not when its numbers tick. */
export class Verdict {
  readonly element: HTMLElement;
  private readonly sentence = h("p", { class: "sentence" });
  private readonly detail = h("p", { class: "verdict-detail" });
  private readonly aloud = h("p", { class: "visually-hidden", "aria-live": "polite" });
  private said = "";

  constructor(private readonly app: App) {
    this.element = h("section", { class: "verdict", "aria-label": app.t.verdict }, this.sentence, this.detail, this.aloud);
  }

  draw(report: Report): void {
    const { level, sentence, detail } = report.verdict;
    const words = this.app.say(sentence);
    this.element.className = `verdict level-${level}`;
    setText(this.sentence, words);
    const more = this.app.say(report.failure && detail === null ? report.failure : detail);
    setText(this.detail, more);
    this.detail.hidden = more === "";
    const meaning = level + words.replace(/[\d.,]+/g, "");
    if (this.said !== "" && meaning !== this.said) setText(this.aloud, `${this.app.t.levels[level]}: ${words}`);
    this.said = meaning;
  }
}
