import type { Caller, Destination, Finding, Level, Report } from "../api/contract";
import type { App } from "../app";
import { h, replace, setAttribute, setText } from "../dom";
import { filterOf, keyOf, type Trend } from "../model/destinationTrends";
import { addressOf, connectionsOf } from "../model/route";
import { FindingLinks } from "./findingLinks";
import { LiveRows, type LiveRow } from "./liveRows";

interface Line {
  destination: Destination;
  level: Level;
  trend: Trend;
  findings: readonly Finding[];
}

const columns = ["destination", "owners", "used", "time_wait", "syn_sent", "trend", "findings"] as const;

/** The destinations that take the most local ports, the busiest first. */
export class DestinationTable {
  readonly element: HTMLElement;
  private readonly table: HTMLElement;
  private readonly legend: HTMLElement;
  private readonly empty = h("p", { class: "empty" });
  private readonly left = h("p", { class: "step" });
  private readonly unowned = h("p", { class: "step unowned" });
  private readonly rows: LiveRows<Line>;

  constructor(private readonly app: App) {
    const { t } = app;
    const body = h("tbody", { role: "rowgroup" });
    this.rows = new LiveRows(body, (line: Line) => keyOf(line.destination), () => new DestinationRow(app));
    this.table = h(
      "table",
      { class: "stacked destinations", role: "table" },
      h("caption", { class: "visually-hidden" }, t.destinationsTitle),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns.map((column) => h("th", { scope: "col", role: "columnheader" }, t.destinationColumns[column])))),
      body,
    );
    const sample = (kind: string, words: string): HTMLElement => h("span", {}, h("i", { class: `part-sample ${kind}`, "aria-hidden": "true" }), words);
    this.legend = h("p", { class: "step parts" }, sample("open", t.partOpen), sample("blocked", t.partBlocked), sample("reusable", t.partReusable));
    this.element = h("section", { class: "card", "aria-labelledby": "destinations-title" }, h("h2", { id: "destinations-title" }, t.destinationsTitle), h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t.destinationsTitle }, this.table), this.empty, this.legend, this.unowned, this.left);
  }

  draw(report: Report, findings: ReadonlyMap<string, readonly Finding[]>, trendOf: (destination: Destination) => Trend): void {
    const { t, numbers } = this.app;
    const destinations = report.destinations ?? [];
    const levels = new Map((report.gauges ?? []).map((gauge) => [gauge.id, gauge.level]));
    this.rows.draw(
      destinations.map((destination) => ({
        destination,
        level: levels.get(`ephemeral.${destination.source}>${destination.destination}`) ?? "ok",
        trend: trendOf(destination),
        findings: findings.get(keyOf(destination)) ?? [],
      })),
    );
    this.table.hidden = this.legend.hidden = destinations.length === 0;
    this.empty.hidden = destinations.length > 0;
    setText(this.empty, report.states === null ? this.app.say(report.failure) || t.unseen : t.noDestinations);
    const unowned = destinations.some((destination) => destination.owners.length === 0) ? this.app.say(report.destinations_unowned) : "";
    this.unowned.hidden = unowned === "";
    setText(this.unowned, unowned);
    const left = report.destinations_left_off ?? 0;
    this.left.hidden = left === 0;
    setText(this.left, t.destinationsLeftOff(numbers.count(left)));
  }
}

class DestinationRow implements LiveRow<Line> {
  readonly element: HTMLTableRowElement;
  private readonly target = h("a", {});
  private readonly source = h("small", {});
  private readonly owners = h("div", {});
  private known = "";
  private readonly of = h("span", {});
  private readonly percent = h("b", {});
  private readonly level = h("span", { class: "visually-hidden" });
  private readonly bar = h("span", { class: "bar parts-bar", "aria-hidden": "true" }, h("i", { class: "open" }), h("i", { class: "blocked" }), h("i", { class: "reusable" }));
  private readonly used = h("div", { class: "queue" }, h("span", { class: "of" }, this.of, " ", this.percent), this.level, this.bar);
  private readonly waiting = h("a", {});
  private readonly reusable = h("small", {});
  private readonly opening = h("a", {});
  private readonly unanswered = h("small", {});
  private readonly rate = h("span", {});
  private readonly forecast = h("small", { class: "forecast" });
  private readonly findings: FindingLinks;

  constructor(private readonly app: App) {
    const names = app.t.destinationColumns;
    this.findings = new FindingLinks(app);
    const cell = (column: (typeof columns)[number], ...children: (Node | string)[]): HTMLElement => h("td", { role: "cell", class: `of-${column}`, "data-label": names[column] }, h("div", {}, ...children));
    this.element = h(
      "tr",
      { role: "row" },
      h("th", { scope: "row", role: "rowheader", class: "of-destination" }, this.target, " ", this.source),
      h("td", { role: "cell", class: "of-owners", "data-label": names.owners }, this.owners),
      cell("used", this.used),
      cell("time_wait", this.waiting, " ", this.reusable),
      cell("syn_sent", this.opening, " ", this.unanswered),
      cell("trend", this.rate, " ", this.forecast),
      cell("findings", this.findings.element),
    );
  }

  write({ destination, level, trend, findings }: Line): void {
    const { t, numbers } = this.app;
    const { used, capacity, time_wait: waiting, time_wait_reusable: reusable } = destination;
    const filter = filterOf(destination);
    const link = (element: Element, count: number, more: string): void => {
      setText(element, numbers.count(count));
      setAttribute(element, "href", count > 0 ? addressOf(connectionsOf(filter + more)) : null);
    };
    setText(this.target, destination.destination);
    setAttribute(this.target, "href", addressOf(connectionsOf(filter)));
    setText(this.source, t.fromAddress(destination.source));
    this.writeOwners(destination.owners, filter);
    const percent = capacity ? (100 * used) / capacity : null;
    setAttribute(this.used, "class", `queue level-${level}`);
    setText(this.of, capacity === null ? numbers.count(used) : t.ofLimit(numbers.count(used), numbers.count(capacity)));
    setText(this.percent, percent === null ? "" : numbers.percent(percent));
    setText(this.level, level === "ok" ? "" : t.levels[level]);
    this.bar.hidden = !capacity;
    const parts = [used - waiting, waiting - reusable, reusable];
    // What is used at all can be seen.
    parts.forEach((part, place) => (this.bar.children[place] as HTMLElement).style.setProperty("--share", `${capacity && part > 0 ? Math.max((100 * part) / capacity, 1) : 0}%`));
    link(this.waiting, waiting, " state:time_wait");
    setText(this.reusable, waiting === 0 ? "" : reusable > 0 ? t.reusable : t.notReusable);
    link(this.opening, destination.syn_sent, " state:syn_sent");
    setText(this.unanswered, destination.unanswered > 0 ? t.unanswered(numbers.count(destination.unanswered)) : "");
    setText(this.rate, trend.perMinute === null ? t.trendUnknown : Math.abs(trend.perMinute) < 0.5 ? t.noChange : t.perMinuteRate(numbers.change(Math.round(trend.perMinute))));
    setText(this.forecast, trend.secondsToFull === null ? "" : t.fullIn(numbers.duration(roughly(trend.secondsToFull))));
    this.findings.draw(findings);
    this.element.classList.toggle("has-findings", findings.length > 0);
  }

  /** Written anew only when others connect: a link that somebody points at stays. */
  private writeOwners(owners: readonly Caller[], filter: string): void {
    const known = JSON.stringify([filter, owners]);
    if (known === this.known) return;
    this.known = known;
    replace(
      this.owners,
      ...owners.map(({ service, kind, process, command, filter: word }) => {
        const isProcess = kind === "process" && process !== null;
        return h("span", { class: "caller" }, h("a", { href: addressOf(connectionsOf(`${filter} ${word}`)), title: command ?? service }, isProcess ? process : service), !isProcess && process !== null && h("small", {}, process));
      }),
      owners.length === 0 && h("small", {}, this.app.t.ownerUnknown),
    );
  }
}

/** Nobody is helped by the seconds of a forecast. */
function roughly(seconds: number): number {
  return seconds < 90 ? Math.max(10, Math.round(seconds / 10) * 10) : Math.round(seconds / 60) * 60;
}
