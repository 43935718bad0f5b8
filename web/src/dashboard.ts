import { ask, endSession } from "./api/client";
import type { Catalogue, Text } from "./api/contract";
import { Live } from "./api/live";
import type { App, Page } from "./app";
import { h, replace } from "./dom";
import { DestinationTrends } from "./model/destinationTrends";
import { Recent } from "./model/recent";
import { addressOf, parseRoute, type Route } from "./model/route";
import { connectionsPage } from "./pages/connections";
import { destinationsPage } from "./pages/destinations";
import { findingsPage } from "./pages/findings";
import { listenersPage } from "./pages/listeners";
import { machinePage } from "./pages/machine";
import { overviewPage } from "./pages/overview";
import { ownersPage } from "./pages/owners";
import { Palette } from "./palette";
import { pageAddresses, Shell } from "./shell";
import { keepLanguage, preferredLanguage, strings, withWholeFigures, type Language } from "./text/language";
import { Numbers } from "./text/numbers";
import { isDark, onSystemThemeChange, showTheme, switchTheme } from "./theme";
import { openHelp } from "./view/help";
import { notice } from "./view/notice";

/** The whole page: it starts everything, and builds what is seen anew when the language, the colours or the monitor's run change. */
export class Dashboard {
  private readonly live = new Live();
  private readonly trends = new DestinationTrends();
  private language: Language = preferredLanguage();
  private catalogue: Catalogue | null = null;
  private recent: Recent | null = null;
  private isLoading = false;
  private run: string | null = null;
  private shell: Shell | null = null;
  private page: Page | null = null;
  /** How many views deep the visitor went from where he came in: so far `back` stays within this page. */
  private depth = 0;

  constructor(private readonly place: HTMLElement) {}

  start(): void {
    this.depth = depthOf(history.state);
    addEventListener("error", (event) => {
      // The browser reports a layout that took two rounds as an error; nothing is wrong then.
      if (!event.message.startsWith("ResizeObserver")) this.broke();
    });
    addEventListener("unhandledrejection", () => this.broke());
    addEventListener("popstate", (event) => this.arrive(depthOf(event.state)));
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("keydown", (event) => this.key(event));
    onSystemThemeChange(() => this.build());
    this.build();
    this.live.report.follow((report) => {
      // Another run may be another version, with other series and words. And a catalogue that could not be had may be there now.
      if (report && (this.catalogue === null || (this.run !== null && report.run !== this.run))) void this.loadCatalogue();
      this.run = report?.run ?? null;
      if (report) this.trends.add(Date.parse(report.time), report.destinations ?? []);
      this.shell?.showReport(report);
      if (report && this.catalogue && this.page === null) this.mount();
    });
    this.live.contact.follow((contact) => this.shell?.showContact(contact));
    this.live.start();
    // Not after the first report only: both come at the same time.
    void this.loadCatalogue();
  }

  private async loadCatalogue(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    const answer = await ask<Catalogue>("/api/v1/catalogue");
    this.isLoading = false;
    if (!answer.ok) {
      // With an old catalogue the page is still good; without one it can only say so.
      if (this.catalogue === null && this.shell) replace(this.shell.main, notice({ t: strings(this.language), say: (text) => this.say(text) }, answer.trouble, () => void this.loadCatalogue()));
      return;
    }
    // Another version brings its own page.
    if (this.catalogue !== null && this.catalogue.version !== answer.value.version) location.reload();
    const isNew = JSON.stringify(answer.value) !== JSON.stringify(this.catalogue);
    this.catalogue = answer.value;
    this.recent ??= new Recent(
      this.live,
      answer.value.states.map((state) => `sockets.${state.name}`),
    );
    if (isNew) this.build();
  }

  private build(): void {
    const t = strings(this.language);
    const numbers = new Numbers(this.language);
    const focused = document.activeElement?.id;
    const scrolled = scrollY;
    this.page?.leave();
    this.page = null;
    showTheme();
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    this.shell = new Shell(t, numbers, {
      switchLanguage: () => this.switchLanguage(),
      switchTheme: () => this.switchTheme(),
      help: () => openHelp(t),
      logOut: this.catalogue?.has_login ? () => void this.logOut() : null,
    });
    replace(this.place, this.shell.element);
    this.shell.showReport(this.live.report.value);
    this.shell.showContact(this.live.contact.value);
    this.mount();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    scrollTo(0, scrolled);
  }

  /** Shows the address: by the page that is there when it can, else by a new one. */
  private mount(): void {
    if (!this.shell) return;
    const t = strings(this.language);
    const route = parseRoute(location.pathname, location.search);
    this.shell.showPage(route.page);
    if (this.page?.show?.(route)) {
      this.name();
      return;
    }
    this.page?.leave();
    this.page = null;
    if (this.catalogue === null || this.recent === null || (this.live.report.value === null && route.page !== "connections" && route.page !== "owners")) {
      replace(this.shell.main, h("p", { class: "waiting" }, this.catalogue === null ? t.loading : t.waiting));
      return;
    }
    this.page = this.make(this.app(this.catalogue, this.recent), route);
    replace(this.shell.main, this.page.element);
    this.name();
  }

  private make(app: App, route: Route): Page {
    switch (route.page) {
      case "overview":
        return overviewPage(app, route);
      case "machine":
        return machinePage(app, route);
      case "connections":
        return connectionsPage(app, route);
      case "findings":
        return findingsPage(app);
      case "listeners":
        return listenersPage(app, route);
      case "destinations":
        return destinationsPage(app);
      case "owners":
        return ownersPage(app, route);
      case "unknown":
        return { element: h("div", { class: "card hint" }, h("p", {}, app.t.unknownPage(route.path)), h("a", { href: "/" }, app.t.toOverview)), title: "?", leave: () => undefined };
    }
  }

  private app(catalogue: Catalogue, recent: Recent): App {
    return {
      language: this.language,
      t: strings(this.language),
      numbers: new Numbers(this.language),
      palette: new Palette(catalogue.states, isDark()),
      catalogue,
      live: this.live,
      recent,
      trends: this.trends,
      say: (text) => this.say(text),
      state: (name) => catalogue.states.find((state) => state.name === name),
      go: (route, inPlace) => this.go(addressOf(route), inPlace),
      back: (otherwise) => (this.depth > 0 ? history.back() : this.go(addressOf(otherwise), true)),
    };
  }

  private say(text: Text | null | undefined): string {
    return withWholeFigures(text?.[this.language] ?? "");
  }

  private go(address: string, inPlace = false): void {
    if (address === location.pathname + location.search) {
      this.mount();
      return;
    }
    if (inPlace) history.replaceState({ depth: this.depth }, "", address);
    else history.pushState({ depth: ++this.depth }, "", address);
    this.mount();
  }

  private arrive(depth: number): void {
    this.depth = depth;
    this.mount();
  }

  private name(): void {
    document.title = strings(this.language).title(this.page?.title ?? "");
  }

  private switchLanguage(): void {
    this.language = this.language === "en" ? "zh" : "en";
    keepLanguage(this.language);
    this.build();
  }

  private switchTheme(): void {
    switchTheme();
    this.build();
  }

  private async logOut(): Promise<void> {
    const trouble = await endSession();
    if (trouble && this.shell) this.shell.element.prepend(notice({ t: strings(this.language), say: (text) => this.say(text) }, trouble));
    else location.assign("/login");
  }

  /** Links within the page need no loading; what the server makes itself (downloads, the API) and other tabs do. */
  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    const address = link?.getAttribute("href");
    if (!link || !address?.startsWith("/") || link.hasAttribute("download") || /^\/(api|metrics|login|logout|healthz)\b/.test(address)) return;
    event.preventDefault();
    const isOtherPage = parseRoute(location.pathname, "").page !== parseRoute(new URL(address, location.origin).pathname, "").page;
    this.go(address);
    if (isOtherPage) {
      scrollTo(0, 0);
      this.shell?.main.focus({ preventScroll: true });
    }
  }

  private key(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, dialog[open]")) return;
    // Arrows scroll what can be scrolled.
    if (event.key.startsWith("Arrow") && target.closest(".scroll")) return;
    const to = pageAddresses[Number(event.key) - 1];
    if (to) this.go(to);
    else if (event.key === "?") openHelp(strings(this.language));
    else if (event.key === "l") this.switchLanguage();
    else if (event.key === "t") this.switchTheme();
    else if (this.page?.key?.(event)) {
      // The page knew it.
    } else if (event.key === "/") {
      this.go("/connections");
      document.getElementById("filter")?.focus();
    } else return;
    event.preventDefault();
  }

  /** An error of the page itself: said in words, with the way out, instead of a page that silently stands still. */
  private broke(): void {
    if (!this.shell || document.querySelector(".broken")) return;
    const t = strings(this.language);
    this.shell.element.prepend(h("div", { class: "notice broken", role: "alert" }, h("p", {}, t.broken), h("button", { type: "button", onclick: () => location.reload() }, t.reload)));
  }
}

function depthOf(state: unknown): number {
  return (state as { depth?: number } | null)?.depth ?? 0;
}
