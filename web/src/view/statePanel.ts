import { ask } from "../api/client";
import type { Explanation, Report } from "../api/contract";
import type { App } from "../app";
import { h, replace, setText } from "../dom";
import type { Range } from "../model/range";
import { addressOf, connectionsIn, type Route } from "../model/route";
import { stateChart } from "./chartKinds";
import { HistorySection } from "./history";
import { notice } from "./notice";

/** One state in full: how many, its history, what it means and what to look at next, as `tcplens explain` says it. */
export class StatePanel {
  readonly element: HTMLElement;
  readonly heading: HTMLHeadingElement;
  private readonly count = h("b", { class: "count" });
  private readonly families = h("span", { class: "families" });
  private readonly oldest = h("span", { class: "oldest" });
  private readonly history: HistorySection;
  private readonly text = h("div", { class: "explanation", "aria-busy": "true" });
  private readonly loading = new AbortController();

  constructor(private readonly app: App, readonly state: string, range: Range) {
    const info = app.state(state);
    const at = (to: Range): Route => ({ page: "machine", state, range: to });
    this.history = new HistorySection(app, [stateChart(app, state)], range, (to) => app.go(at(to)), () => app.back(at({ kind: "last", seconds: 900 })));
    const other = app.language === "zh" ? info?.chinese : info?.rfc === info?.linux ? null : info?.rfc;
    this.heading = h("h2", { tabindex: -1, class: "state-name", "--c": app.palette.state(state) }, info?.linux ?? state, other && h("small", {}, other));
    this.element = h(
      "section",
      { class: "state-panel", "aria-label": info?.linux ?? state },
      h(
        "div",
        { class: "card state-head" },
        this.heading,
        h("p", { class: "meaning" }, app.say(info?.meaning)),
        h("p", { class: "now" }, this.count, this.families, this.oldest),
        h("a", { class: "button", href: addressOf(connectionsIn(state)) }, `${app.t.toConnections(info?.linux ?? state)} ›`),
      ),
      this.history.element,
      this.text,
    );
    void this.load();
  }

  draw(report: Report): void {
    const { t, numbers } = this.app;
    const count = report.states?.[this.state] ?? null;
    setText(this.count, count === null ? t.unseen : numbers.count(count.total));
    const why = this.state === "close" ? this.app.say(report.close_reason) : "";
    setText(this.families, count === null ? why : t.families(numbers.count(count.ipv4), numbers.count(count.ipv6), numbers.count(count.v4mapped)));
    const age = report.oldest_seconds[this.state] ?? 0;
    setText(this.oldest, age >= 1 ? t.oldest(numbers.duration(age)) : "");
  }

  show(range: Range): void {
    this.history.show(range);
  }

  key(event: KeyboardEvent): boolean {
    return this.history.key(event);
  }

  leave(): void {
    this.loading.abort();
    this.history.leave();
  }

  private async load(): Promise<void> {
    const answer = await ask<Explanation>(`/api/v1/explain/${this.state}`, this.loading.signal);
    if (this.loading.signal.aborted) return;
    this.text.setAttribute("aria-busy", "false");
    if (answer.ok) replace(this.text, ...this.chapters(answer.value));
    else replace(this.text, notice(this.app, answer.trouble, () => void this.load()));
  }

  private chapters(page: Explanation): HTMLElement[] {
    const { chapters, explained } = this.app.t;
    const chapter = (title: string, text: Explanation["entered"] | null): HTMLElement | null => {
      const said = this.app.say(text);
      return said === "" ? null : h("div", { class: "chapter" }, h("h3", {}, title), h("p", {}, said));
    };
    return [
      h(
        "div",
        { class: "card" },
        h("h2", {}, explained),
        h("p", { class: "lead" }, this.app.say(page.what_it_is)),
        chapter(chapters.manyMean, page.many_mean),
        chapter(chapters.manyDoNotMean, page.many_do_not_mean),
        page.look_next.length > 0 && h("div", { class: "chapter" }, h("h3", {}, chapters.lookNext), h("ul", { class: "commands" }, ...page.look_next.map((next) => h("li", {}, h("code", {}, next.command), this.copyButton(next.command), h("span", {}, this.app.say(next.why)))))),
        chapter(chapters.entered, page.entered),
        chapter(chapters.left, page.left),
        chapter(chapters.peer, page.peer),
        chapter(chapters.lasts, page.lasts),
        page.often_said.length > 0 && h("div", { class: "chapter" }, h("h3", {}, chapters.oftenSaid), h("ul", { class: "said" }, ...page.often_said.map((one) => h("li", {}, h("q", {}, this.app.say(one.said)), h("span", {}, this.app.say(one.truth)))))),
        page.sources.length > 0 && h("div", { class: "chapter sources" }, h("h3", {}, chapters.sources), h("p", {}, page.sources.join(" · "))),
      ),
    ];
  }

  /** Absent where the browser gives no clipboard, as over plain HTTP from another host. */
  private copyButton(command: string): HTMLElement | null {
    if (!navigator.clipboard) return null;
    const button = h("button", { type: "button", class: "quiet" }, this.app.t.copy);
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(command).then(
        () => setText(button, this.app.t.copied),
        () => button.remove(),
      );
    });
    return button;
  }
}
