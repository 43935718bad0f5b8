import type { Report } from "../api/contract";
import type { App } from "../app";
import { h, replace } from "../dom";

/** Why local ports can run out, with this host's settings, and what helps. */
export class PortLimit {
  readonly element: HTMLElement;
  private readonly text = h("div", { class: "chapter" });
  private shown = "";

  constructor(private readonly app: App) {
    this.element = h("section", { class: "card explanation-card", "aria-labelledby": "port-limit-title" }, h("h2", { id: "port-limit-title" }, app.t.portLimit), this.text);
  }

  draw(report: Report): void {
    const { t, numbers } = this.app;
    const ports = report.limits?.["ephemeral_ports"] ?? null;
    const reuse = report.limits?.["tcp_tw_reuse"] ?? null;
    const key = `${ports} ${reuse}`;
    if (key === this.shown) return;
    this.shown = key;
    replace(
      this.text,
      h("p", {}, ports === null ? t.portLimitUnknown : t.portLimitWhy(numbers.count(ports))),
      h("p", {}, t.portLimitTimeWait, this.app.language === "zh" ? "" : " ", reuse === null ? null : (t.portLimitReuse[String(reuse)] ?? null)),
      h("h3", {}, t.portLimitHelps),
      h(
        "ul",
        { class: "commands" },
        h("li", {}, h("span", {}, t.portLimitPool)),
        ...(reuse === 1 ? [] : [["sysctl -w net.ipv4.tcp_tw_reuse=1", t.portLimitReuseTells]]).concat([["sysctl -w net.ipv4.ip_local_port_range='10240 65535'", t.portLimitRangeTells]]).map(([command, tells]) => h("li", {}, h("code", {}, command), h("span", {}, tells))),
      ),
      h("p", {}, h("a", { href: "/findings" }, t.portLimitFindings)),
    );
  }
}
