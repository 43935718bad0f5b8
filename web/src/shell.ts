import type { Contact } from "./api/live";
import type { Report } from "./api/contract";
import { h, setAttribute, setText } from "./dom";
import type { Strings } from "./text/english";
import type { Numbers } from "./text/numbers";
import { isDark } from "./theme";

export interface ShellActions {
  switchLanguage(): void;
  switchTheme(): void;
  help(): void;
  /** null where nobody has to log in. */
  logOut: (() => void) | null;
}

/** What stands around every page: the name, the way to the pages, how fresh the numbers are, language, colours and help. */
export class Shell {
  readonly element: HTMLElement;
  readonly main = h("main", { id: "content", tabindex: -1 });
  private readonly live = h("p", { class: "live" });
  private readonly dot = h("i", { class: "live-dot", "aria-hidden": "true" });
  private readonly facts = h("span", { class: "live-facts" });
  private readonly clock = h("span", { class: "live-clock" });
  private readonly banner = h("div", { class: "banner", role: "status", hidden: true });
  private readonly links: [page: string, link: HTMLAnchorElement][];

  constructor(private readonly t: Strings, private readonly numbers: Numbers, actions: ShellActions) {
    const link = (page: string, href: string, name: string, short: string): [string, HTMLAnchorElement] => [page, h("a", { href }, h("span", { class: "long" }, name), h("span", { class: "short" }, short))];
    this.links = [link("overview", "/", t.overview, t.overview), link("machine", "/machine", t.machine, t.machineShort), link("connections", "/connections", t.connections, t.connections), link("findings", "/findings", t.findings, t.findings)];
    const button = (id: string, name: string, label: string, act: () => void): HTMLElement => h("button", { id, type: "button", class: "icon", title: label, "aria-label": label, onclick: act }, name);
    this.live.append(this.dot, this.facts, this.clock);
    this.element = h(
      "div",
      { class: "shell" },
      h("a", { class: "skip", href: "#content" }, t.skip),
      h(
        "header",
        {},
        h("a", { class: "brand", href: "/" }, "TcpLens"),
        h("nav", { "aria-label": t.pages }, ...this.links.map(([, one]) => one)),
        this.live,
        h(
          "div",
          { class: "buttons" },
          button("language", t.otherLanguage, t.switchLanguage, actions.switchLanguage),
          button("theme", isDark() ? "☀" : "☾", isDark() ? t.toLight : t.toDark, actions.switchTheme),
          button("help", "?", t.help, actions.help),
          actions.logOut && button("logout", "⏻", t.logOut, actions.logOut),
        ),
      ),
      this.banner,
      this.main,
    );
    setText(this.clock, t.connecting);
  }

  showPage(page: string): void {
    for (const [name, link] of this.links) setAttribute(link, "aria-current", name === page ? "page" : null);
  }

  showReport(report: Report | null): void {
    if (report === null) return;
    const { numbers } = this;
    const { interval_seconds: interval, wanted_seconds: wanted } = report.pace;
    const pace = interval > wanted ? `${numbers.duration(wanted)} → ${numbers.duration(interval)}` : numbers.duration(interval);
    setText(this.facts, [report.host, pace, report.source === null ? null : `${report.source} ${numbers.milliseconds(report.duration_ms)}`].filter((part) => part !== null).join(" · ") + " · ");
    this.live.classList.toggle("stretched", interval > wanted);
    setText(this.clock, numbers.clock(Date.parse(report.time)));
  }

  /** Old numbers are marked wherever one looks: a line above everything, the light beside the clock, and the page itself fades. */
  showContact(contact: Contact): void {
    const isStale = contact.kind === "stale";
    document.documentElement.classList.toggle("stale", isStale && contact.since !== null);
    this.live.classList.toggle("is-stale", isStale);
    this.banner.hidden = !isStale;
    if (!isStale) return;
    if (contact.since === null) {
      setText(this.banner, this.t.staleNever);
      return;
    }
    const ago = this.numbers.duration(Math.floor((Date.now() - contact.since) / 5000) * 5);
    setText(this.banner, this.t.stale(this.numbers.clock(contact.since), ago));
    setText(this.clock, this.t.staleShort(ago));
  }
}
