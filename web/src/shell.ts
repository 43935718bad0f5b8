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

interface Place {
  page: string;
  address: string;
  /** What the page is called in the language. */
  name: "overview" | "machine" | "listeners" | "destinations" | "owners" | "connections" | "findings";
}

const places: readonly Place[] = [
  { page: "overview", address: "/", name: "overview" },
  { page: "machine", address: "/machine", name: "machine" },
  { page: "listeners", address: "/listeners", name: "listeners" },
  { page: "destinations", address: "/destinations", name: "destinations" },
  { page: "owners", address: "/owners", name: "owners" },
  { page: "connections", address: "/connections", name: "connections" },
  { page: "findings", address: "/findings", name: "findings" },
];

/** The pages in their order: the key 1 goes to the first. */
export const pageAddresses: readonly string[] = places.map((place) => place.address);

/** What stands around every page: the name, the way to the pages, how fresh the numbers are, language, colours and help. */
export class Shell {
  readonly element: HTMLElement;
  readonly main = h("main", { id: "content", tabindex: -1 });
  private readonly live = h("p", { class: "live" });
  private readonly dot = h("i", { class: "live-dot", "aria-hidden": "true" });
  private readonly facts = h("span", { class: "live-facts" });
  private readonly clock = h("span", { class: "live-clock" });
  private readonly banner = h("div", { class: "banner", role: "status", hidden: true });
  private readonly links: { place: Place; link: HTMLAnchorElement }[];
  private readonly nav: HTMLElement;
  /** Where there is no room for all names, the present one opens the others. */
  private readonly menu: HTMLButtonElement;

  constructor(private readonly t: Strings, private readonly numbers: Numbers, actions: ShellActions) {
    this.links = places.map((place) => ({ place, link: h("a", { href: place.address, onclick: () => this.openMenu(false) }, t[place.name]) }));
    this.nav = h("nav", { id: "pages", "aria-label": t.pages }, ...this.links.map(({ link }) => link));
    this.menu = h("button", { id: "menu", type: "button", class: "menu", "aria-expanded": "false", "aria-controls": "pages", onclick: () => this.openMenu(!this.isMenuOpen) }, t.pages);
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
        this.menu,
        this.nav,
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
    for (const event of ["click", "keydown", "focusin"]) this.element.addEventListener(event, (one) => this.leaveMenu(one));
    setText(this.clock, t.connecting);
  }

  showPage(page: string): void {
    for (const { place, link } of this.links) setAttribute(link, "aria-current", place.page === page ? "page" : null);
    const here = places.find((place) => place.page === page);
    setText(this.menu, here ? this.t[here.name] : this.t.pages);
    setAttribute(this.menu, "aria-label", here ? this.t.menuAt(this.t[here.name]) : null);
  }

  private get isMenuOpen(): boolean {
    return this.menu.getAttribute("aria-expanded") === "true";
  }

  private openMenu(isOpen: boolean): void {
    setAttribute(this.menu, "aria-expanded", String(isOpen));
    this.nav.classList.toggle("is-open", isOpen);
  }

  /** What is not in the menu closes it. */
  private leaveMenu(event: Event): void {
    if (!this.isMenuOpen || (event instanceof KeyboardEvent && event.key !== "Escape")) return;
    const isInside = event.target instanceof Node && (this.nav.contains(event.target) || this.menu.contains(event.target));
    if (event instanceof KeyboardEvent) {
      this.openMenu(false);
      this.menu.focus();
    } else if (!isInside) this.openMenu(false);
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
