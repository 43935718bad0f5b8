import type { App } from "../app";
import type { Port, Report } from "../api/contract";
import { h, replace } from "../dom";

/** The listening ports, the fullest queues first: what is bound where, and how its connections are. */
export class Ports {
  readonly element: HTMLDetailsElement;
  private readonly body = h("tbody", {});
  private readonly left = h("p", { class: "step" });
  private report: Report | null = null;

  constructor(private readonly app: App) {
    const columns = app.t.portColumns;
    this.element = h(
      "details",
      { class: "card fold ports", open: matchMedia("(min-width: 1000px)").matches, ontoggle: () => this.fill() },
      h("summary", {}, h("h2", {}, app.t.ports)),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": app.t.ports },
        h(
          "table",
          {},
          h("caption", { class: "visually-hidden" }, app.t.ports),
          h("thead", {}, h("tr", {}, ...Object.entries(columns).map(([key, name]) => h("th", { scope: "col", class: key === "scope" ? null : "number" }, name)))),
          this.body,
        ),
      ),
      this.left,
      h("p", { class: "step" }, h("a", { href: "/listeners" }, app.t.toListeners)),
    );
  }

  draw(report: Report): void {
    this.report = report;
    this.element.hidden = (report.ports ?? []).length === 0;
    this.fill();
  }

  private fill(): void {
    // A row under the keyboard's focus stays where it is.
    if (!this.element.open || !this.report || this.body.contains(document.activeElement)) return;
    const { t, numbers } = this.app;
    const ports = [...(this.report.ports ?? [])].sort((a, b) => (b.accept_percent ?? 0) - (a.accept_percent ?? 0) || a.port - b.port);
    replace(this.body, ...ports.map((port) => this.row(port)));
    const left = this.report.ports_left_off ?? 0;
    this.left.textContent = left > 0 ? t.portsLeftOff(numbers.count(left)) : "";
  }

  private row(port: Port): HTMLElement {
    const { t, numbers } = this.app;
    const of = (used: number | null | undefined, limit: number | null): string => (limit === null ? numbers.count(used) : t.ofLimit(numbers.count(used), numbers.count(limit)));
    const number = (text: string): HTMLElement => h("td", { class: "number" }, text);
    const state = (name: string): HTMLElement => number(numbers.count(port.states[name] ?? 0));
    return h(
      "tr",
      {},
      h("th", { scope: "row", class: "number" }, h("a", { href: `/connections?filter=lport:${port.port}` }, String(port.port))),
      h("td", {}, t.scopes[port.scope] ?? port.scope),
      number(of(port.accept_queue, port.accept_limit)),
      number(of(port.states["syn_recv"] ?? 0, port.half_open_limit)),
      state("established"),
      state("close_wait"),
    );
  }
}
