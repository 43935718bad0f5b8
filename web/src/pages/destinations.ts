import type { App, Page } from "../app";
import { h, replace } from "../dom";
import { FindingsFeed, openOf } from "../model/findingsFeed";
import { DestinationTable } from "../view/destinationTable";
import { notice } from "../view/notice";
import { PortLimit } from "../view/portLimit";
import { Verdict } from "../view/verdict";

/** Where this host connects to, and how many of its local ports that takes. */
export function destinationsPage(app: App): Page {
  const feed = new FindingsFeed(app.live);
  const verdict = new Verdict(app);
  const table = new DestinationTable(app);
  const limit = new PortLimit(app);
  const trouble = h("div", {});
  const element = h("div", { class: "page" }, h("h1", { class: "visually-hidden" }, app.t.destinations), verdict.element, trouble, table.element, limit.element);

  const draw = (): void => {
    const report = app.live.report.value;
    if (report === null) return;
    verdict.draw(report);
    table.draw(report, openOf(feed.findings.value, "destination"), (destination) => app.trends.of(destination));
    limit.draw(report);
  };
  const leaves = [app.live.report.follow(draw), feed.findings.follow(draw), feed.trouble.follow((why) => replace(trouble, why && notice(app, why, () => void feed.load())))];

  return {
    element,
    title: app.t.destinations,
    show: (next) => next.page === "destinations",
    leave() {
      for (const leave of leaves) leave();
      feed.leave();
    },
  };
}
