import type { Groups } from "../api/contract";
import type { App } from "../app";
import { h, replace, setText } from "../dom";
import { addressOf, narrowed, type ConnectionsRoute } from "../model/route";
import { completenessNote } from "./completeness";

/** How many sockets match, counted by what the visitor chose. A group is the way to a narrower filter. */
export class GroupTable {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly matched = h("p", { class: "matched", "aria-live": "polite" });
  private readonly table = h("div", { class: "scroll", tabindex: 0, role: "group" });

  constructor(private readonly app: App, change: (part: Partial<ConnectionsRoute>) => void, again: () => void) {
    const { t } = app;
    this.select = h("select", { id: "group-by", onchange: () => change({ group: this.select.value }) }, ...app.catalogue.group_keys.map((key) => h("option", { value: key.name }, app.say(key.label))));
    this.element = h(
      "section",
      { class: "card groups" },
      h("div", { class: "toolbar" }, this.matched, h("span", { class: "field" }, h("label", { for: "group-by" }, t.groupBy), this.select), h("button", { type: "button", onclick: again }, t.refresh)),
      this.table,
    );
  }

  choose(route: ConnectionsRoute): void {
    this.select.value = route.group;
    this.table.setAttribute("aria-label", this.label(route));
  }

  draw(route: ConnectionsRoute, groups: Groups | null): void {
    const { t, numbers } = this.app;
    if (groups === null) {
      setText(this.matched, "");
      replace(this.table);
      return;
    }
    replace(this.matched, t.matched(numbers.count(groups.matched)), completenessNote(this.app, groups));
    if (groups.matched === 0) {
      replace(this.table, h("p", { class: "empty" }, t.noneMatch));
      return;
    }
    const largest = groups.groups[0]?.total ?? 1;
    const other = groups.other && groups.other.groups > 0 ? groups.other : null;
    replace(
      this.table,
      h(
        "table",
        { class: "counts" },
        h("caption", { class: "visually-hidden" }, t.byGroup(this.label(route))),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, this.label(route)), h("th", { scope: "col", class: "number" }, t.total), h("th", { scope: "col", class: "number" }, t.share), h("th", { scope: "col" }, route.group === "state" ? "" : t.inStates))),
        h("tbody", {}, ...groups.groups.map((group) => this.row(route, groups, group, largest)), other && h("tr", { class: "other" }, h("th", { scope: "row" }, t.otherGroups((other.is_at_least ? "≥ " : "") + numbers.count(other.groups))), h("td", { class: "number" }, numbers.count(other.total)), h("td", { class: "number" }, this.share(other.total, groups.matched)), h("td", {}))),
      ),
    );
  }

  private row(route: ConnectionsRoute, groups: Groups, group: Groups["groups"][number], largest: number): HTMLElement {
    const { app } = this;
    const { numbers } = app;
    const state = groups.by === "state" ? app.state(group.key) : undefined;
    const to = group.filter === null ? null : addressOf({ ...route, filter: narrowed(route.filter, group.filter), rows: true });
    const name = [state?.linux ?? group.key, state && app.language === "zh" ? h("small", {}, state.chinese) : null];
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, state && h("i", { class: "dot", "--c": app.palette.state(state.name) }), to === null ? h("span", {}, ...name) : h("a", { href: to, title: app.t.narrow(group.key) }, ...name)),
      h("td", { class: "number" }, numbers.count(group.total)),
      h("td", { class: "number" }, this.share(group.total, groups.matched)),
      h("td", { class: "mix" }, this.mix(groups.by === "state" ? { [group.key]: group.total } : group.states, largest)),
    );
  }

  /** A bar as long as the group is large, in the colours of its states; the words are in its label. */
  private mix(states: Record<string, number>, largest: number): HTMLElement {
    const { app } = this;
    const parts = app.catalogue.states.filter((state) => (states[state.name] ?? 0) > 0);
    const words = parts.map((state) => `${state.linux} ${app.numbers.count(states[state.name])}`).join(" · ");
    return h("span", { class: "mix-bar", role: "img", "aria-label": words, title: words }, ...parts.map((state) => h("i", { "--c": app.palette.state(state.name), "--share": `${((states[state.name] ?? 0) / largest) * 100}%` })));
  }

  private share(count: number, all: number): string {
    return this.app.numbers.percent((count / all) * 100);
  }

  private label(route: ConnectionsRoute): string {
    return this.app.say(this.app.catalogue.group_keys.find((key) => key.name === route.group)?.label);
  }
}
