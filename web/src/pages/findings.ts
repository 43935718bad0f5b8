import type { App, Page } from "../app";
import { h, replace } from "../dom";
import { FindingsFeed } from "../model/findingsFeed";
import { Checks } from "../view/checks";
import { FindingList } from "../view/findingList";
import { FindingTimeline } from "../view/findingTimeline";
import { notice } from "../view/notice";
import { Verdict } from "../view/verdict";

/** What is wrong, why and what to do; what was wrong in the last hour; and what was checked. */
export function findingsPage(app: App): Page {
  const verdict = new Verdict(app);
  const open = new FindingList(app, app.t.findingsOpen, app.t.findingsNone);
  const closed = new FindingList(app, app.t.findingsClosed, app.t.findingsNoneClosed);
  const timeline = new FindingTimeline(app);
  const checks = new Checks(app);
  const trouble = h("div", {});
  const element = h("div", { class: "page findings" }, h("h1", { class: "visually-hidden" }, app.t.findings), verdict.element, trouble, open.element, timeline.element, closed.element, checks.element);
  const feed = new FindingsFeed(app.live);
  const leaves = [
    app.live.report.follow((report) => {
      if (report !== null) verdict.draw(report);
    }),
    feed.trouble.follow((why) => replace(trouble, why && notice(app, why, () => void feed.load()))),
    feed.findings.follow((now) => {
      if (now === null) return;
      open.draw(now.open);
      closed.draw(now.closed);
      timeline.draw(now);
      checks.draw(now.checks);
    }),
  ];

  return {
    element,
    title: app.t.findings,
    show: (next) => next.page === "findings",
    leave() {
      for (const leave of leaves) leave();
      feed.leave();
    },
  };
}
