import { ask, type Answer } from "../api/client";
import type { Connections, Groups } from "../api/contract";
import type { App, Page } from "../app";
import { h, replace } from "../dom";
import type { ConnectionsRoute } from "../model/route";
import { FilterBox } from "../view/filterBox";
import { GroupTable } from "../view/groupTable";
import { notice } from "../view/notice";
import { RowTable } from "../view/rowTable";

const groupsShown = 50;

/** Counts first; the sockets themselves on demand and never more than can be read. The address holds the whole view. */
export function connectionsPage(app: App, first: ConnectionsRoute): Page {
  let route = first;
  let pending = new AbortController();
  const change = (part: Partial<ConnectionsRoute>): void => app.go({ ...route, ...part });
  const box = new FilterBox(app, (filter) => change({ filter }));
  const groups = new GroupTable(app, change, () => void load());
  const rows = new RowTable(app, change);
  const trouble = h("div", {});
  const element = h("div", { class: "connections-page" }, h("h1", { class: "visually-hidden" }, app.t.connections), box.element, trouble, groups.element, rows.element);

  const load = async (): Promise<void> => {
    pending.abort();
    pending = new AbortController();
    const { signal } = pending;
    element.setAttribute("aria-busy", "true");
    const filter = `filter=${encodeURIComponent(route.filter)}`;
    const by = app.catalogue.group_keys.some((key) => key.name === route.group) ? route.group : "state";
    const [counted, listed] = await Promise.all([
      ask<Groups>(`/api/v1/connections/groups?${filter}&by=${by}&limit=${groupsShown}`, signal),
      route.rows ? ask<Connections>(rows.question(route, "json"), signal) : Promise.resolve(null),
    ]);
    if (signal.aborted) return;
    element.setAttribute("aria-busy", "false");
    show(counted, listed);
  };

  const show = (counted: Answer<Groups>, listed: Answer<Connections> | null): void => {
    const failed = !counted.ok ? counted.trouble : listed && !listed.ok ? listed.trouble : null;
    const isFilter = failed?.code === "bad_filter";
    box.refuse(isFilter ? app.say(failed.message) : null);
    replace(trouble, failed && !isFilter && notice(app, failed, () => void load()));
    groups.draw(route, counted.ok ? counted.value : null);
    rows.draw(route, listed?.ok ? listed.value : null);
  };

  const open = (next: ConnectionsRoute): void => {
    route = next;
    box.show(next.filter);
    groups.choose(next);
    rows.choose(next);
    void load();
  };
  open(first);

  return {
    element,
    title: app.t.connections,
    show(next) {
      if (next.page !== "connections") return false;
      open(next);
      return true;
    },
    key(event) {
      if (event.key !== "/") return false;
      box.focus();
      return true;
    },
    leave: () => pending.abort(),
  };
}
