import { ask } from "../api/client";
import type { Groups } from "../api/contract";
import type { App, Page } from "../app";
import { h, replace, setAttribute } from "../dom";
import { ownerLimits, type OwnersRoute } from "../model/route";
import { completenessNote } from "../view/completeness";
import { HeatTable } from "../view/heatTable";
import { notice } from "../view/notice";

/** By what sockets belong to somebody, the closest first; the page offers those that the server knows. */
const owners = ["service", "process", "container", "user", "remote_net", "local_port", "netns"];

const shortestPause = 5000;
/** Every answer walks all sockets: it may take so many times as long until the next question. */
const rest = 30;

/** Who holds the sockets, by state: a question to the server every few seconds while somebody looks. */
export function ownersPage(app: App, first: OwnersRoute): Page {
  const { t, numbers } = app;
  let route = first;
  let pending = new AbortController();
  let asked = 0;
  let pause = shortestPause;
  let isAsking = false;
  let shown = "";
  let troubled = "";
  const known = owners.flatMap((name) => app.catalogue.group_keys.find((key) => key.name === name) ?? []);
  const by = (): string => known.find((key) => key.name === route.by)?.name ?? known[0]?.name ?? "netns";
  const buttons = known.map((key) => h("button", { type: "button", "data-by": key.name, onclick: () => app.go({ ...route, by: key.name === known[0]?.name ? "" : key.name }) }, app.say(key.label)));
  const limit = h("select", { id: "owner-limit", onchange: () => app.go({ ...route, limit: Number(limit.value) }, true) }, ...ownerLimits.map((one) => h("option", { value: one }, numbers.count(one))));
  const matched = h("p", { class: "matched", "aria-live": "polite" });
  const trouble = h("div", {});
  const table = new HeatTable(app);
  const element = h(
    "div",
    { class: "page owners" },
    h("h1", { class: "visually-hidden" }, t.owners),
    trouble,
    h(
      "section",
      { class: "card", "aria-labelledby": "owners-title" },
      h("h2", { id: "owners-title" }, t.ownersTitle),
      h("div", { class: "toolbar" }, matched, h("div", { class: "segments", role: "group", "aria-label": t.groupBy }, ...buttons), h("span", { class: "field" }, h("label", { for: "owner-limit" }, t.limit), limit)),
      table.element,
    ),
  );

  const load = async (): Promise<void> => {
    pending.abort();
    pending = new AbortController();
    const { signal } = pending;
    isAsking = true;
    asked = Date.now();
    const key = `${by()} ${route.limit}`;
    setAttribute(element, "aria-busy", key !== shown);
    const answer = await ask<Groups>(`/api/v1/connections/groups?by=${by()}&limit=${route.limit}`, signal);
    if (signal.aborted) return;
    isAsking = false;
    setAttribute(element, "aria-busy", false);
    const why = answer.ok ? null : answer.trouble;
    // The same again is no news to who has it read aloud.
    if (JSON.stringify(why) !== troubled) replace(trouble, why && notice(app, why, () => void load()));
    troubled = JSON.stringify(why);
    if (!answer.ok) return;
    const groups = answer.value;
    pause = Math.max(shortestPause, groups.duration_ms * rest);
    replace(matched, t.socketsCounted(numbers.count(groups.matched)), completenessNote(app, groups));
    table.draw(groups, key !== shown);
    shown = key;
  };
  const open = (next: OwnersRoute): void => {
    route = next;
    for (const button of buttons) setAttribute(button, "aria-pressed", String(button.dataset["by"] === by()));
    limit.value = String(route.limit);
    void load();
  };
  open(first);
  const leaveReport = app.live.report.follow(() => {
    if (!isAsking && Date.now() - asked >= pause) void load();
  });

  return {
    element,
    title: t.owners,
    show(next) {
      if (next.page !== "owners") return false;
      open(next);
      return true;
    },
    leave() {
      leaveReport();
      pending.abort();
    },
  };
}
