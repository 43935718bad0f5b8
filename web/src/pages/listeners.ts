import type { App, Page } from "../app";
import { h, replace } from "../dom";
import { FindingsFeed, openOf } from "../model/findingsFeed";
import { PortOwners } from "../model/portOwners";
import { Recent } from "../model/recent";
import type { ListenersRoute } from "../model/route";
import { Drops, dropSeries } from "../view/drops";
import { notice } from "../view/notice";
import { PortTable } from "../view/portTable";
import { Verdict } from "../view/verdict";

/** Where this host can be reached, how full the queues in front of its programs are, and what was lost there. */
export function listenersPage(app: App, first: ListenersRoute): Page {
  let route = first;
  const ids = dropSeries.filter((id) => app.catalogue.series.some((series) => series.id === id));
  const recent = new Recent(app.live, ids);
  const feed = new FindingsFeed(app.live);
  const owners = new PortOwners(app.live);
  const verdict = new Verdict(app);
  const drops = new Drops(app, ids);
  const table = new PortTable(app, route, (part, inPlace) => app.go({ ...route, ...part }, inPlace));
  const trouble = h("div", {});
  const element = h("div", { class: "page" }, h("h1", { class: "visually-hidden" }, app.t.listeners), verdict.element, trouble, drops.element, table.element);

  const draw = (isAsked = false): void => {
    const report = app.live.report.value;
    if (report !== null) table.draw(report, openOf(feed.findings.value, "port"), owners.owners.value, isAsked);
  };
  const say = (): void =>
    replace(
      trouble,
      feed.trouble.value && notice(app, feed.trouble.value, () => void feed.load()),
      owners.trouble.value && notice(app, owners.trouble.value, () => void owners.load()),
    );
  table.choose(route);
  const leaves = [
    app.live.report.follow((report) => {
      if (report === null) return;
      verdict.draw(report);
      draw();
    }),
    recent.curves.follow((curves) => drops.draw(app.live.report.value?.values ?? null, curves)),
    feed.findings.follow(() => draw()),
    owners.owners.follow(() => draw()),
    feed.trouble.follow(say),
    owners.trouble.follow(say),
  ];

  return {
    element,
    title: app.t.listeners,
    show(next) {
      if (next.page !== "listeners") return false;
      route = next;
      table.choose(next);
      draw(true);
      return true;
    },
    key(event) {
      if (event.key !== "/") return false;
      document.getElementById("port-search")?.focus();
      return true;
    },
    leave() {
      for (const leave of leaves) leave();
      recent.leave();
      feed.leave();
      owners.leave();
    },
  };
}
