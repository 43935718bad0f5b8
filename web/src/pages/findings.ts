import { ask } from "../api/client";
import type { Findings } from "../api/contract";
import type { App, Page } from "../app";
import { h, replace } from "../dom";
import { Checks } from "../view/checks";
import { FindingList } from "../view/findingList";
import { FindingTimeline } from "../view/findingTimeline";
import { notice } from "../view/notice";
import { Verdict } from "../view/verdict";

/** Numbers in a finding move with every report; nobody reads faster than this. */
const shortestPause = 2000;

/** What is wrong, why and what to do; what was wrong in the last hour; and what was checked. */
export function findingsPage(app: App): Page {
  const verdict = new Verdict(app);
  const open = new FindingList(app, app.t.findingsOpen, app.t.findingsNone);
  const closed = new FindingList(app, app.t.findingsClosed, app.t.findingsNoneClosed);
  const timeline = new FindingTimeline(app);
  const checks = new Checks(app);
  const trouble = h("div", {});
  const element = h("div", { class: "findings" }, h("h1", { class: "visually-hidden" }, app.t.findings), verdict.element, trouble, open.element, timeline.element, closed.element, checks.element);
  const loading = new AbortController();
  let asked = 0;
  let isAsking = false;

  const load = async (): Promise<void> => {
    if (isAsking || Date.now() - asked < shortestPause) return;
    isAsking = true;
    asked = Date.now();
    const answer = await ask<Findings>("/api/v1/findings", loading.signal);
    isAsking = false;
    if (loading.signal.aborted) return;
    if (!answer.ok) {
      replace(trouble, notice(app, answer.trouble, () => void load()));
      return;
    }
    replace(trouble);
    const now = answer.value;
    open.draw(now.open);
    closed.draw(now.closed);
    timeline.draw(now);
    checks.draw(now.checks);
  };
  const leaveReport = app.live.report.follow((report) => {
    if (report === null) return;
    verdict.draw(report);
    void load();
  });

  return {
    element,
    title: app.t.findings,
    show: (next) => next.page === "findings",
    leave() {
      leaveReport();
      loading.abort();
    },
  };
}
