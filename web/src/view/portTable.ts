import type { Finding, Level, Owner, Port, Report } from "../api/contract";
import type { App } from "../app";
import { h, setAttribute, setText } from "../dom";
import { isRising, listed } from "../model/listeners";
import { addressOf, connectionsOf, portOrders, type ListenersRoute, type PortOrder } from "../model/route";
import { FindingLinks } from "./findingLinks";
import { LiveRows, type LiveRow } from "./liveRows";
import { QueueBar } from "./queueBar";

/** A port with what is known of it beside the report's numbers. */
interface Line {
  port: Port;
  accept: Level;
  half: Level;
  owner: Owner | null;
  findings: readonly Finding[];
}

/** The columns in their order; those without an order cannot be sorted. */
const columns: (PortOrder | "states" | "findings")[] = ["port", "scope", "listeners", "accept", "half", "states", "findings"];

/** Every listening port: from where it can be reached, how full its queues are, and in which states its sockets are. */
export class PortTable {
  readonly element: HTMLElement;
  private readonly heads = new Map<PortOrder, { head: HTMLElement; button: HTMLElement }>();
  private readonly select: HTMLSelectElement;
  private readonly search: HTMLInputElement;
  private readonly shown = h("p", { class: "matched", "aria-live": "polite" });
  private readonly table: HTMLElement;
  private readonly empty = h("p", { class: "empty" });
  private readonly left = h("p", { class: "step" });
  private readonly rows: LiveRows<Line>;

  constructor(private readonly app: App, private route: ListenersRoute, change: (part: Partial<ListenersRoute>, inPlace: boolean) => void) {
    const { t } = app;
    const names: Record<PortOrder | "states" | "findings", string> = t.listenerColumns;
    const sort = (order: PortOrder): void => change({ sort: order, reverse: order === this.route.sort && !this.route.reverse }, true);
    this.search = h("input", { id: "port-search", type: "search", autocomplete: "off", spellcheck: "false", placeholder: t.portSearch, oninput: () => change({ search: this.search.value.trim() }, true) });
    this.select = h("select", { id: "port-sort", onchange: () => change({ sort: this.select.value as PortOrder, reverse: false }, true) }, ...portOrders.map((order) => h("option", { value: order }, names[order])));
    const body = h("tbody", { role: "rowgroup" });
    this.rows = new LiveRows(body, (line: Line) => String(line.port.port), () => new PortRow(app));
    this.table = h(
      "table",
      { class: "stacked listeners", role: "table" },
      h("caption", { class: "visually-hidden" }, t.ports),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns.map((column) => (column === "states" || column === "findings" ? h("th", { scope: "col", role: "columnheader" }, names[column]) : this.head(column, names[column], sort))))),
      body,
    );
    this.element = h(
      "section",
      { class: "card", "aria-labelledby": "ports-title" },
      h("h2", { id: "ports-title" }, t.ports),
      h(
        "div",
        { class: "toolbar" },
        this.shown,
        h("span", { class: "field" }, h("label", { for: "port-search" }, t.search), this.search),
        h("span", { class: "field" }, h("label", { for: "port-sort" }, t.sortBy), this.select),
      ),
      h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t.ports }, this.table),
      this.empty,
      this.left,
      h("p", { class: "step" }, t.scopeHint),
    );
  }

  choose(route: ListenersRoute): void {
    this.route = route;
    if (this.search.value.trim() !== route.search) this.search.value = route.search;
    this.select.value = route.sort;
    for (const [order, { head, button }] of this.heads) {
      const isSorted = order === route.sort;
      const direction = isRising(order, route.reverse) ? "ascending" : "descending";
      setAttribute(head, "aria-sort", isSorted ? direction : null);
      setAttribute(button, "data-direction", isSorted ? direction : null);
    }
  }

  /** `isAsked`: the person himself wants another order or choice. */
  draw(report: Report, findings: ReadonlyMap<string, readonly Finding[]>, owners: ReadonlyMap<number, Owner>, isAsked = false): void {
    const { t, numbers } = this.app;
    const all = report.ports ?? [];
    const levels = new Map((report.gauges ?? []).map((gauge) => [gauge.id, gauge.level]));
    const ports = listed(all, this.route.search, this.route.sort, this.route.reverse, (port) => `${t.scopes[port.scope] ?? port.scope} ${t.families46[port.family] ?? port.family} ${owners.get(port.port)?.service ?? ""}`);
    this.rows.draw(
      ports.map((port) => ({ port, accept: levels.get(`accept_queue.${port.port}`) ?? "ok", half: levels.get(`syn_queue.${port.port}`) ?? "ok", owner: owners.get(port.port) ?? null, findings: findings.get(String(port.port)) ?? [] })),
      isAsked,
    );
    setText(this.shown, ports.length === all.length ? t.portsShown(numbers.count(all.length)) : t.rowsShown(numbers.count(ports.length), numbers.count(all.length)));
    this.table.hidden = ports.length === 0;
    this.empty.hidden = ports.length > 0;
    setText(this.empty, report.states === null ? this.app.say(report.failure) || t.unseen : all.length === 0 ? t.noPorts : t.noPortMatches);
    const left = report.ports_left_off ?? 0;
    this.left.hidden = left === 0;
    setText(this.left, t.portsLeftOff(numbers.count(left)));
  }

  private head(order: PortOrder, name: string, sort: (order: PortOrder) => void): HTMLElement {
    const button = h("button", { type: "button", class: "sort", onclick: () => sort(order) }, name);
    const head = h("th", { scope: "col", role: "columnheader" }, button);
    this.heads.set(order, { head, button });
    return head;
  }
}

class PortRow implements LiveRow<Line> {
  readonly element: HTMLTableRowElement;
  private readonly port = h("a", {});
  private readonly owner = h("small", { class: "port-owner" });
  private readonly scope = h("b", {});
  private readonly family = h("small", {});
  private readonly listeners = h("span", {});
  private readonly accept: QueueBar;
  private readonly half: QueueBar;
  private readonly findings: FindingLinks;
  private readonly states: { name: string; link: HTMLAnchorElement; text: HTMLElement }[];

  constructor(private readonly app: App) {
    const names = app.t.listenerColumns;
    this.accept = new QueueBar(app);
    this.half = new QueueBar(app);
    this.findings = new FindingLinks(app);
    this.states = app.catalogue.states.map((state) => {
      const text = h("span", {});
      return { name: state.name, text, link: h("a", { class: "state-count", "data-state": state.name, hidden: true }, h("i", { class: "dot", "--c": app.palette.state(state.name) }), text) };
    });
    const cell = (column: keyof typeof names, ...children: Node[]): HTMLElement => h("td", { role: "cell", class: `of-${column}`, "data-label": names[column] }, ...children);
    this.element = h(
      "tr",
      { role: "row" },
      h("th", { scope: "row", role: "rowheader", class: "of-port", "data-label": names.port }, this.port, " ", this.owner),
      cell("scope", h("span", {}, this.scope, " ", this.family)),
      cell("listeners", this.listeners),
      cell("accept", this.accept.element),
      cell("half", this.half.element),
      cell("states", h("span", { class: "state-counts" }, ...this.states.map((state) => state.link))),
      cell("findings", this.findings.element),
    );
  }

  write({ port, accept, half, owner, findings }: Line): void {
    const { t, numbers } = this.app;
    const filter = `lport:${port.port}`;
    setText(this.port, String(port.port));
    setAttribute(this.port, "href", addressOf(connectionsOf(filter)));
    setText(this.owner, owner?.service ?? "");
    setAttribute(this.owner, "title", owner?.command ?? owner?.service);
    setText(this.scope, t.scopes[port.scope] ?? port.scope);
    setText(this.family, t.families46[port.family] ?? port.family);
    setText(this.listeners, port.listeners === 1 ? t.oneListener : t.listenersTogether(numbers.count(port.listeners)));
    this.accept.write(port.accept_queue, port.accept_limit, port.accept_percent, accept);
    this.half.write(port.states["syn_recv"] ?? 0, port.half_open_limit, port.half_open_percent, half);
    for (const { name, link, text } of this.states) {
      const count = name === "listen" ? 0 : (port.states[name] ?? 0);
      link.hidden = count === 0;
      if (count === 0) continue;
      setText(text, `${this.app.state(name)?.linux ?? name} ${numbers.count(count)}`);
      setAttribute(link, "href", addressOf(connectionsOf(`${filter} state:${name}`)));
    }
    this.findings.draw(findings);
    this.element.classList.toggle("has-several", port.listeners > 1);
    this.element.classList.toggle("has-findings", findings.length > 0);
  }
}
