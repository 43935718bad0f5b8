import { h } from "../dom";
import type { Strings } from "../text/english";

/** The list of keys, as a dialog that Esc closes. */
export function openHelp(t: Strings): void {
  const before = document.querySelector<HTMLDialogElement>("dialog.help");
  if (before) {
    before.close();
    return;
  }
  const dialog = h(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    h("h2", { id: "help-title" }, t.keysTitle),
    h("dl", {}, ...t.keys.flatMap(([keys = "", meaning = ""]) => [h("dt", {}, ...keys.split(/\s+/).map((key) => h("kbd", {}, key))), h("dd", {}, meaning)])),
    h("p", {}, t.mouse),
    h("form", { method: "dialog" }, h("button", { type: "submit" }, t.close)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
