import type { App } from "../app";
import type { Finding } from "../api/contract";
import { h, replace } from "../dom";

/** Findings with everything that is known of them; each can be folded, and stays as the reader left it. */
export class FindingList {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "finding-list" });
  private readonly isOpen = new Map<string, boolean>();
  private shown = "";

  constructor(private readonly app: App, title: string, private readonly none: string) {
    this.element = h("section", { class: "card" }, h("h2", {}, title), this.list);
  }

  draw(findings: Finding[]): void {
    // What says the same stays as it is: nobody who reads or copies is disturbed.
    const key = JSON.stringify(findings);
    if (key === this.shown) return;
    this.shown = key;
    const focused = this.list.contains(document.activeElement) ? document.activeElement?.id : undefined;
    replace(this.list, ...(findings.length === 0 ? [h("p", { class: "hint" }, this.none)] : findings.map((finding) => this.row(finding))));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  private row(finding: Finding): HTMLElement {
    const { app } = this;
    const { t, numbers } = app;
    const name = `finding-${finding.rule}-${finding.subject.kind}-${finding.subject.key}-${finding.opened}`.replace(/[^\w-]/g, "_");
    const level = finding.closed === null ? finding.severity : finding.worst;
    const opened = Date.parse(finding.opened);
    const when = finding.closed === null ? t.findingSince(numbers.moment(opened)) : t.findingFromTo(numbers.moment(opened), numbers.duration(Math.max(1, Math.round((Date.parse(finding.closed) - opened) / 1000))));
    const chapter = (title: string, ...content: (HTMLElement | string)[]): HTMLElement => h("div", { class: "chapter" }, h("h3", {}, title), ...content);
    const details = h(
      "details",
      { class: `finding level-${level}`, open: this.isOpen.get(name) ?? finding.closed === null },
      h("summary", { id: name }, h("b", { class: "finding-level" }, t.levels[level]), h("span", { class: "finding-sentence" }, app.say(finding.sentence)), h("small", {}, `${app.say(finding.subject.name)}${finding.subject.owner ? ` · ${finding.subject.owner}` : ""} · ${when}`)),
      chapter(t.finding.cause, h("p", {}, app.say(finding.cause), " ", h("small", {}, t.confidence[finding.confidence]))),
      chapter(t.finding.advice, h("p", {}, app.say(finding.advice))),
      finding.remedies.length > 0 && h("ul", { class: "commands" }, ...finding.remedies.map((remedy) => h("li", {}, h("code", {}, remedy.command), h("span", {}, app.say(remedy.tells))))),
      chapter(t.finding.evidence, h("dl", { class: "evidence" }, ...finding.evidence.map((one) => h("div", {}, h("dt", {}, app.say(one.label)), h("dd", {}, `${numbers.measure(one.value)}${one.unit === "" ? "" : ` ${one.unit}`}`))))),
      finding.ruled_out.length > 0 && chapter(t.finding.ruledOut, h("ul", {}, ...finding.ruled_out.map((other) => h("li", {}, app.say(other))))),
      h("p", { class: "finding-source" }, h("a", { href: finding.source, rel: "noreferrer noopener", target: "_blank" }, finding.source), ` · ${finding.rule}`),
    );
    details.addEventListener("toggle", () => this.isOpen.set(name, details.open));
    return details;
  }
}
