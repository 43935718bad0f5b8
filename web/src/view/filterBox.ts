import type { App } from "../app";
import { h, replace, setText } from "../dom";
import { accept, suggest, type Suggestion } from "../model/suggestion";

/** The filter with its suggestions, and where it is wrong, the server's words with a caret under the place. */
export class FilterBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly suggestions: HTMLElement;
  private readonly error = h("pre", { class: "filter-error", id: "filter-error", role: "alert", hidden: true });

  constructor(private readonly app: App, apply: (filter: string) => void) {
    const { t } = app;
    this.input = h("input", {
      id: "filter",
      type: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder: t.filterPlaceholder,
      "aria-describedby": "filter-hint",
      oninput: () => this.suggest(),
      onfocus: () => this.suggest(),
      onclick: () => this.suggest(),
      onkeydown: (event: KeyboardEvent) => this.key(event),
    });
    this.suggestions = h("div", { class: "suggestions", role: "group", "aria-label": t.suggestions });
    this.element = h(
      "form",
      {
        class: "card filter",
        role: "search",
        onsubmit: (event: SubmitEvent) => {
          event.preventDefault();
          apply(this.input.value.trim());
        },
      },
      h("label", { for: "filter" }, t.filter),
      h("div", { class: "filter-line" }, this.input, h("button", { type: "submit", class: "primary" }, t.apply), h("button", { type: "button", onclick: () => apply("") }, t.clear)),
      this.error,
      this.suggestions,
      h("p", { class: "step", id: "filter-hint" }, t.filterHint),
    );
    this.suggest();
  }

  show(filter: string): void {
    if (this.input.value.trim() !== filter) this.input.value = filter;
    this.suggest();
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Marks the filter as wrong; null: it is right. */
  refuse(why: string | null): void {
    this.error.hidden = why === null;
    setText(this.error, why ?? "");
    this.input.setAttribute("aria-invalid", String(why !== null));
    this.input.setAttribute("aria-describedby", why === null ? "filter-hint" : "filter-error filter-hint");
  }

  private suggest(): void {
    const caret = this.input.selectionStart ?? this.input.value.length;
    const offered = suggest(this.input.value, caret, this.app.catalogue.filter_keys);
    replace(this.suggestions, ...offered.map((one) => h("button", { type: "button", class: "chip", title: `${this.app.say(one.key.description)} · ${one.key.example}`, onclick: () => this.take(one) }, one.word)));
  }

  private take(suggestion: Suggestion): void {
    const caret = this.input.selectionStart ?? this.input.value.length;
    const taken = accept(this.input.value, caret, suggestion);
    this.input.value = taken.filter;
    this.input.focus();
    this.input.setSelectionRange(taken.caret, taken.caret);
    this.suggest();
  }

  /** Down goes to the suggestions, Escape leaves the field. */
  private key(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.suggestions.querySelector("button")?.focus();
    } else if (event.key === "Escape") this.input.blur();
  }
}
