import type { Certainty, Group, Groups, StateInfo } from "../api/contract";
import type { App } from "../app";
import { h, replace, setAttribute, setText } from "../dom";
import { grounds, inks, readable } from "../model/colour";
import { heat, strongest } from "../model/heat";
import { addressOf, connectionsOf } from "../model/route";
import { isDark } from "../theme";
import { LiveRows, type LiveRow } from "./liveRows";

/** Who has how many sockets in which state: every number in its cell, coloured against the largest of its column. */
export class HeatTable {
  readonly element: HTMLElement;
  private readonly scroll: HTMLElement;
  private readonly head = h("th", { scope: "col" });
  private readonly foot = h("tfoot", {});
  private readonly body = h("tbody", {});
  private readonly unknown = h("p", { class: "unknown-reason" });
  private readonly empty = h("p", { class: "empty" });
  private readonly legend: HTMLElement;
  private readonly marks: HTMLElement;
  private rows: LiveRows<Line>;
  private by = "";

  constructor(private readonly app: App) {
    const { t, catalogue } = app;
    this.rows = this.fresh();
    this.scroll = h(
      "div",
      { class: "scroll heat-scroll", role: "group", "aria-label": t.owners },
      h(
        "table",
        { class: "heat", "aria-describedby": "heat-keys", onkeydown: (event: KeyboardEvent) => this.key(event) },
        h("caption", { class: "visually-hidden" }, t.owners),
        h("thead", {}, h("tr", {}, this.head, h("th", { scope: "col", class: "number" }, t.total), ...catalogue.states.map((state) => h("th", { scope: "col", class: "number state", "--c": app.palette.state(state.name), title: app.say(state.meaning) }, state.linux, app.language === "zh" && h("small", {}, state.chinese))))),
        this.body,
        this.foot,
      ),
    );
    const certainties = Object.entries(t.certaintyMeanings) as [Certainty, string][];
    this.marks = h("dl", { class: "marks" }, ...certainties.map(([mark, meaning]) => h("div", {}, h("dt", {}, h("span", { class: `mark ${mark}` }, t.certainties[mark])), h("dd", {}, meaning))));
    this.legend = h("div", { class: "step heat-legend" }, h("p", {}, t.heatFew, " ", ...[0.12, 0.34, 0.56, 0.78, 1].map((share) => h("i", { class: "heat-sample", "aria-hidden": "true", "--heat": `${share * 60}%` })), " ", t.heatMany), h("p", { id: "heat-keys" }, t.heatKeys));
    this.element = h("div", {}, this.scroll, this.unknown, this.empty, this.legend, this.marks);
  }

  draw(groups: Groups, isAsked: boolean): void {
    const { app } = this;
    if (groups.by !== this.by) {
      this.by = groups.by;
      replace(this.body);
      this.rows = this.fresh();
    }
    setText(this.head, app.say(app.catalogue.group_keys.find((key) => key.name === groups.by)?.label));
    const largest: Record<string, number> = {};
    for (const group of groups.groups) for (const [state, count] of Object.entries(group.states)) largest[state] = Math.max(largest[state] ?? 0, count);
    this.rows.draw(
      groups.groups.map((group) => ({ group, largest })),
      isAsked,
    );
    this.drawFoot(groups);
    const isEmpty = groups.matched === 0;
    this.scroll.hidden = this.legend.hidden = isEmpty;
    this.empty.hidden = !isEmpty;
    setText(this.empty, app.t.noneMatch);
    this.marks.hidden = isEmpty || !groups.groups.some((group) => group.certainty);
    if (this.body.querySelector('a[href][tabindex="0"]') === null) this.stopAt(this.body.querySelector("a[href]"));
  }

  /** What has no row of its own: the groups behind the last one, and the sockets that nobody is known for. */
  private drawFoot(groups: Groups): void {
    const { t, numbers, catalogue } = this.app;
    const other = groups.other && groups.other.groups > 0 ? groups.other : null;
    const unknown = groups.unknown && groups.unknown.total > 0 ? groups.unknown : null;
    const line = (kind: string, name: string, total: number): HTMLElement => h("tr", { class: kind }, h("th", { scope: "row" }, name), h("td", { class: "number" }, numbers.count(total)), h("td", { colspan: catalogue.states.length }));
    replace(this.foot, other && line("other", t.otherGroups((other.is_at_least ? "≥ " : "") + numbers.count(other.groups)), other.total), unknown && line("unknown", t.ownerUnknown, unknown.total));
    const reason = this.app.say(unknown?.reason);
    this.unknown.hidden = reason === "";
    setText(this.unknown, reason);
  }

  private fresh(): LiveRows<Line> {
    return new LiveRows(this.body, (line: Line) => line.group.key, () => new HeatRow(this.app));
  }

  /** One stop for the tabulator key; arrows go from cell to cell that leads somewhere. */
  private key(event: KeyboardEvent): void {
    const here = document.activeElement?.closest("td, th");
    const row = here?.parentElement;
    if (!here || !row || event.ctrlKey || event.altKey || event.metaKey) return;
    const place = [...row.children].indexOf(here);
    const along = (cells: readonly Element[]): HTMLElement | undefined => cells.map((cell) => cell.querySelector<HTMLElement>("a[href]:not([hidden])")).find((link) => link !== null) ?? undefined;
    const inRow = [...row.children];
    const inColumn = [...this.body.children].map((one) => one.children[place]).filter((cell) => cell !== undefined);
    const above = inColumn.indexOf(here);
    const moves: Record<string, () => HTMLElement | undefined> = {
      ArrowRight: () => along(inRow.slice(place + 1)),
      ArrowLeft: () => along(inRow.slice(0, place).reverse()),
      ArrowDown: () => along(inColumn.slice(above + 1)),
      ArrowUp: () => along(inColumn.slice(0, above).reverse()),
      Home: () => along(inRow),
      End: () => along([...inRow].reverse()),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const to = move();
    if (!to) return;
    this.stopAt(to);
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private stopAt(link: Element | null): void {
    for (const one of this.body.querySelectorAll('a[tabindex="0"]')) setAttribute(one, "tabindex", -1);
    if (link) setAttribute(link, "tabindex", 0);
  }
}

interface Line {
  group: Group;
  largest: Record<string, number>;
}

class HeatRow implements LiveRow<Line> {
  readonly element: HTMLTableRowElement;
  private readonly name = h("a", { class: "owner-name", tabindex: -1 });
  private readonly detail = h("small", { class: "owner-detail" });
  private readonly mark = h("span", {});
  private readonly total = h("td", { class: "number total" });
  private readonly cells: { state: StateInfo; cell: HTMLElement; link: HTMLAnchorElement; number: HTMLElement; oldest: HTMLElement; most: number }[];

  constructor(private readonly app: App) {
    const theme = isDark() ? "dark" : "light";
    this.cells = app.catalogue.states.map((state) => {
      const colour = readable(state.colour, grounds[theme]);
      const number = h("span", {});
      const oldest = h("small", {});
      const link = h("a", { tabindex: -1 }, number, " ", oldest);
      return { state, number, oldest, link, cell: h("td", { class: "number cell", "--c": colour }, link), most: strongest(colour, grounds[theme], inks[theme]) };
    });
    this.element = h("tr", {}, h("th", { scope: "row" }, h("div", { class: "owner" }, this.name, this.mark, this.detail)), this.total, ...this.cells.map((one) => one.cell));
  }

  write({ group, largest }: Line): void {
    const { t, numbers } = this.app;
    setText(this.name, group.key);
    setAttribute(this.name, "title", group.key);
    setAttribute(this.name, "href", group.filter === null ? null : addressOf(connectionsOf(group.filter)));
    const detail = group.detail ?? "";
    setText(this.detail, detail === group.key ? "" : detail);
    setAttribute(this.detail, "title", detail || null);
    this.mark.hidden = !group.certainty;
    if (group.certainty) {
      setAttribute(this.mark, "class", `mark ${group.certainty}`);
      setAttribute(this.mark, "title", t.certaintyMeanings[group.certainty]);
      setText(this.mark, t.certainties[group.certainty]);
    }
    setText(this.total, numbers.count(group.total));
    for (const { state, cell, link, number, oldest, most } of this.cells) {
      const count = group.states[state.name] ?? 0;
      const age = group.oldest_seconds?.[state.name];
      cell.style.setProperty("--heat", `${Math.round(heat(count, largest[state.name] ?? 0) * most * 1000) / 10}%`);
      cell.classList.toggle("zero", count === 0);
      setText(number, numbers.count(count));
      setText(oldest, count > 0 && age != null && age >= 1 ? numbers.age(age) : "");
      setAttribute(link, "href", count > 0 && group.filter !== null ? addressOf(connectionsOf(`${group.filter} state:${state.name}`)) : null);
      setAttribute(link, "title", count > 0 ? `${group.key} · ${state.linux}: ${numbers.count(count)}${age == null ? "" : ` · ${t.oldest(numbers.duration(Math.round(age)))}`}` : null);
    }
  }
}
