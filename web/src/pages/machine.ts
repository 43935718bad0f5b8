import type { App, Page } from "../app";
import { h, replace } from "../dom";
import { addressOf, type Route } from "../model/route";
import { Diagram, transitions } from "../view/diagram";
import { StatePanel } from "../view/statePanel";
import { Verdict } from "../view/verdict";

type MachineRoute = Route & { page: "machine" };

/** The diagram, and beside it the state that was chosen. */
export function machinePage(app: App, first: MachineRoute): Page {
  let route = first;
  let panel: StatePanel | null = null;
  const verdict = new Verdict(app);
  const diagram = new Diagram(app, (state) => addressOf({ ...route, state }), true);
  const aside = h("div", { class: "aside" });
  const element = h(
    "div",
    { class: "machine-page" },
    h("h1", { class: "visually-hidden" }, app.t.machine),
    verdict.element,
    h("div", { class: "two" }, h("section", { class: "card machine-card", "aria-labelledby": "machine-title" }, h("h2", { id: "machine-title" }, app.t.machineNow), diagram.element, transitions(app)), aside),
  );

  const draw = (): void => {
    const report = app.live.report.value;
    if (report === null) return;
    verdict.draw(report);
    diagram.draw(report, route.state);
    panel?.draw(report);
  };
  const open = (next: MachineRoute): void => {
    if (panel?.state === next.state) panel?.show(next.range);
    else {
      panel?.leave();
      const known = next.state !== null && app.state(next.state) !== undefined;
      panel = known && next.state !== null ? new StatePanel(app, next.state, next.range) : null;
      const missing = next.state !== null && !known ? app.t.unknownPage(addressOf(next)) : app.t.machineHint;
      replace(aside, panel?.element ?? h("p", { class: "card hint" }, missing));
    }
    route = next;
    element.classList.toggle("has-panel", panel !== null);
    draw();
  };
  open(first);
  const leaveReport = app.live.report.follow(draw);

  return {
    element,
    get title() {
      return route.state === null ? app.t.machine : (app.state(route.state)?.linux ?? route.state);
    },
    show(next) {
      if (next.page !== "machine") return false;
      const isOther = next.state !== route.state;
      open(next);
      // Where the panel stands below the drawing, as on a phone, the choice would otherwise seem to do nothing.
      if (isOther && panel && aside.getBoundingClientRect().top > innerHeight * 0.6) aside.scrollIntoView({ block: "start" });
      if (isOther) panel?.heading.focus({ preventScroll: true });
      return true;
    },
    key: (event) => panel?.key(event) ?? false,
    leave() {
      leaveReport();
      panel?.leave();
    },
  };
}
