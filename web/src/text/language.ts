import type { Text } from "../api/contract";
import { chinese } from "./chinese";
import { english, type Strings } from "./english";

export type Language = "en" | "zh";

const kept = "tcplens.language";
const tables: Record<Language, Strings> = { en: english, zh: chinese };

export function strings(language: Language): Strings {
  return tables[language];
}

/** The same sentence in both languages, for what is said before it is known who reads it. */
export function both(say: (t: Strings) => string): Text {
  return { en: say(english), zh: say(chinese) };
}

/** A figure and its unit stay in one line: on a phone a sentence would else end in "70" and go on with "%". */
export function withWholeFigures(sentence: string): string {
  return sentence.replace(/(\d) (?=(?:%|(?:[KMGT]iB|ms|s|min|h|minutes?|hours?|days?)\b))/g, "$1\u00A0");
}

/** What the person chose here before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const chosen = read();
  if (chosen === "en" || chosen === "zh") return chosen;
  return languageOf(navigator.languages ?? [navigator.language]);
}

export function languageOf(wanted: readonly string[]): Language {
  for (const one of wanted) {
    if (/^zh\b/i.test(one)) return "zh";
    if (/^en\b/i.test(one)) return "en";
  }
  return "en";
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(kept, language);
  } catch {
    // A browser that keeps nothing still shows the page in the chosen language, until it is closed.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(kept);
  } catch {
    return null;
  }
}
