import type { Connection, Connections } from "../api/contract";
import type { App } from "../app";
import { h, replace } from "../dom";
import { rowLimits, type ConnectionsRoute } from "../model/route";
import { completenessNote } from "./completeness";

/** The sockets themselves: asked for, sorted and limited by the server, and to be downloaded as they are. */
export class RowTable {
  readonly element: HTMLElement;
  private readonly open: HTMLButtonElement;
  private readonly sort: HTMLSelectElement;
  private readonly reverse: HTMLInputElement;
  private readonly limit: HTMLSelectElement;
  private readonly tools: HTMLElement;
  private readonly links: HTMLElement = h("span", { class: "links" });
  private readonly shown = h("p", { class: "matched" });
  private readonly table: HTMLElement;
  private route: ConnectionsRoute | null = null;

  constructor(private readonly app: App, change: (part: Partial<ConnectionsRoute>) => void) {
    const { t, numbers, catalogue } = app;
    this.open = h("button", { type: "button", class: "primary", onclick: () => change({ rows: !this.route?.rows }) });
    this.sort = h("select", { id: "sort-by", onchange: () => change({ sort: this.sort.value }) }, h("option", { value: "" }, t.unsorted), ...catalogue.sort_keys.map((key) => h("option", { value: key }, key)));
    this.reverse = h("input", { id: "reverse", type: "checkbox", onchange: () => change({ reverse: this.reverse.checked }) });
    this.limit = h("select", { id: "limit", onchange: () => change({ limit: Number(this.limit.value) }) }, ...rowLimits.filter((limit) => limit <= catalogue.limits.connections).map((limit) => h("option", { value: limit }, numbers.count(limit))));
    this.tools = h("div", { class: "toolbar" }, this.shown, field(t.sortBy, this.sort), h("label", { class: "field" }, this.reverse, t.reversed), field(t.limit, this.limit));
    this.table = h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t.rows });
    this.element = h("section", { class: "card rows" }, h("div", { class: "toolbar" }, this.open, this.links), this.tools, this.table);
  }

  /** The address of the answer: the same rows for the page, as CSV and as JSON. */
  question(route: ConnectionsRoute, format: "json" | "csv", isDownload = false): string {
    const query = new URLSearchParams({ filter: route.filter, limit: String(route.limit) });
    if (route.sort) query.set("sort", route.sort);
    if (route.reverse) query.set("reverse", "1");
    if (format === "csv") query.set("format", format);
    if (isDownload) query.set("download", "1");
    return `/api/v1/connections?${query}`;
  }

  choose(route: ConnectionsRoute): void {
    const { t } = this.app;
    this.route = route;
    this.open.textContent = route.rows ? t.hideRows : t.showRows;
    this.open.setAttribute("aria-expanded", String(route.rows));
    this.sort.value = route.sort;
    this.reverse.checked = route.reverse;
    this.limit.value = String(route.limit);
    this.tools.hidden = !route.rows;
    this.table.hidden = !route.rows;
    const link = (format: "json" | "csv", name: string): HTMLElement => h("a", { class: "button", href: this.question(route, format, true), download: "", title: t.download(name) }, `↓ ${name}`);
    replace(this.links, link("csv", t.csv), link("json", t.json));
  }

  draw(route: ConnectionsRoute, answer: Connections | null): void {
    const { t, numbers } = this.app;
    if (answer === null) {
      replace(this.shown);
      replace(this.table);
      return;
    }
    replace(this.shown, `${t.rowsShown(numbers.count(answer.shown), numbers.count(answer.matched))} · ${t.readIn(numbers.measure(answer.duration_ms))}`, completenessNote(this.app, answer));
    const columns = this.columns(answer.connections);
    replace(
      this.table,
      h(
        "table",
        { class: "sockets" },
        h("caption", { class: "visually-hidden" }, `${t.rows} ${route.filter}`),
        h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col", class: column.isNumber ? "number" : null }, column.name)))),
        h("tbody", {}, ...answer.connections.map((row) => h("tr", {}, ...columns.map((column) => h("td", { class: column.isNumber ? "number" : null }, ...[column.cell(row)].flat()))))),
      ),
    );
  }

  private columns(rows: readonly Connection[]): { name: string; isNumber?: boolean; cell: (row: Connection) => (Node | string)[] | string }[] {
    const { t, numbers } = this.app;
    const { columns } = t;
    const several = new Set(rows.map((row) => row["netns"])).size > 1;
    return [
      { name: columns.state, cell: (row) => this.state(String(row["state"])) },
      { name: columns.local, cell: (row) => endpoint(row["local"], row["local_port"]) },
      { name: columns.remote, cell: (row) => (row["state"] === "listen" ? "" : endpoint(row["remote"], row["remote_port"])) },
      { name: columns.queues, isNumber: true, cell: (row) => (row["state"] === "listen" ? t.ofLimit(count(row["accept_queue"]), count(row["accept_queue_limit"])) : t.ofLimit(count(row["recv_q"]), count(row["send_q"]))) },
      { name: columns.timer, cell: (row) => timer(row) },
      { name: columns.age, isNumber: true, cell: (row) => (typeof row["state_seconds"] === "number" ? numbers.duration(row["state_seconds"]) : "") },
      { name: columns.owner, cell: (row) => owner(row) },
      { name: columns.user, isNumber: true, cell: (row) => (row["inode"] === 0 ? t.kernelHeld : String(row["uid"] ?? "")) },
      ...(several ? [{ name: columns.netns, cell: (row: Connection) => String(row["netns"] ?? "") }] : []),
    ];

    function count(value: Connection[string] | undefined): string {
      return typeof value === "number" ? numbers.count(value) : "–";
    }

    function owner({ owner: who }: Connection): (Node | string)[] | string {
      if (!who) return "";
      const process = who.process === null || who.process === who.service ? "" : who.process;
      const words = [process, who.pid === null ? "" : String(who.pid)].filter(Boolean).join(" ");
      return [h("span", { title: who.command }, who.service, words && h("small", {}, ` ${words}`)), " ", who.certainty !== "held" && h("span", { class: `mark ${who.certainty}`, title: t.certaintyMeanings[who.certainty] }, t.certainties[who.certainty])].filter((part) => part !== false);
    }

    function timer(row: Connection): string {
      const { timer: name, timer_ms: left, retransmits } = row;
      if (typeof name !== "string" || name === "none") return "";
      const words = [t.timers[name] ?? name];
      if (typeof left === "number") words.push(numbers.duration(Math.round(left / 100) / 10));
      if (typeof retransmits === "number" && retransmits > 0) words.push(`×${numbers.count(retransmits)}`);
      return words.join(" ");
    }
  }

  private state(name: string): (Node | string)[] {
    const state = this.app.state(name);
    return [h("i", { class: "dot", "--c": this.app.palette.state(name) }), state?.linux ?? name];
  }
}

function field(label: string, select: HTMLSelectElement): HTMLElement {
  return h("span", { class: "field" }, h("label", { for: select.id }, label), select);
}

function endpoint(address: Connection[string] | undefined, port: Connection[string] | undefined): string {
  const text = String(address ?? "");
  return `${text.includes(":") ? `[${text}]` : text}:${String(port ?? "")}`;
}
