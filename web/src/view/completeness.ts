import type { Text } from "../api/contract";
import type { App } from "../app";
import { h } from "../dom";

/** Says that a reading is not whole, and why; nothing when it is. */
export function completenessNote(app: App, reading: { completeness: string; completeness_reason: Text | null }): HTMLElement | null {
  if (reading.completeness === "complete") return null;
  const names: Record<string, string> = app.t.completeness;
  return h("span", { class: "incomplete", title: app.say(reading.completeness_reason) }, ` ${names[reading.completeness] ?? reading.completeness}`, h("small", {}, ` ${app.say(reading.completeness_reason)}`));
}
