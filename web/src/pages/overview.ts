import type { App, Page } from "../app";
import { h } from "../dom";
import { addressOf, type Route } from "../model/route";
import { statesInTrouble } from "../model/trouble";
import { overviewCharts } from "../view/chartKinds";
import { Diagram } from "../view/diagram";
import { Gauges } from "../view/gauges";
import { HistorySection } from "../view/history";
import { Monitor } from "../view/monitor";
import { Namespaces } from "../view/namespaces";
import { Ports } from "../view/ports";
import { Tiles } from "../view/tiles";
import { Verdict } from "../view/verdict";

export function overviewPage(app: App, first: Route & { page: "overview" }): Page {
  let route = first;
  const verdict = new Verdict(app);
  const tiles = new Tiles(app, (report) => statesInTrouble(report, app.catalogue.states));
  const diagram = new Diagram(app, (state) => addressOf({ page: "machine", state, range: route.range }), false);
  const gauges = new Gauges(app);
  const history = new HistorySection(
    app,
    overviewCharts(app),
    route.range,
    (range) => app.go({ page: "overview", range }),
    () => app.back({ page: "overview", range: { kind: "last", seconds: 900 } }),
  );
  const ports = new Ports(app);
  const namespaces = new Namespaces(app);
  const monitor = new Monitor(app);

  const element = h(
    "div",
    { class: "overview" },
    h("h1", { class: "visually-hidden" }, app.t.overview),
    verdict.element,
    tiles.element,
    h(
      "div",
      { class: "two" },
      h("section", { class: "card machine-card", "aria-labelledby": "machine-title" }, h("div", { class: "card-head" }, h("h2", { id: "machine-title" }, app.t.machineNow), h("a", { href: "/machine" }, app.t.openMachine)), diagram.element),
      h("div", { class: "aside" }, gauges.element, ports.element),
    ),
    history.element,
    namespaces.element,
    monitor.element,
  );

  const leaves = [
    app.live.report.follow((report) => {
      if (report === null) return;
      verdict.draw(report);
      diagram.draw(report, null);
      gauges.draw(report.gauges);
      ports.draw(report);
      namespaces.draw(report);
      monitor.draw(report);
    }),
    app.recent.curves.follow((curves) => {
      const report = app.live.report.value;
      if (report) tiles.draw(report, curves);
    }),
  ];

  return {
    element,
    title: app.t.overview,
    show(next) {
      if (next.page !== "overview") return false;
      route = next;
      history.show(next.range);
      return true;
    },
    key: (event) => history.key(event),
    leave() {
      for (const leave of leaves) leave();
      history.leave();
    },
  };
}
