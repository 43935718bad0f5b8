import type { Trouble } from "../api/client";
import type { App } from "../app";
import { h } from "../dom";

/** A failure in words, with the button that tries again. */
export function notice(app: Pick<App, "t" | "say">, trouble: Trouble, retry?: () => void): HTMLElement {
  return h(
    "div",
    { class: "notice", role: "alert" },
    h("p", {}, app.say(trouble.message)),
    retry && h("button", { type: "button", onclick: retry }, app.t.retry),
  );
}
