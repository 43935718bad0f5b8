export type Theme = "auto" | "light" | "dark";

const kept = "tcplens.theme";
const darkness = matchMedia("(prefers-color-scheme: dark)");

export function chosenTheme(): Theme {
  try {
    const theme = localStorage.getItem(kept);
    return theme === "light" || theme === "dark" ? theme : "auto";
  } catch {
    return "auto";
  }
}

export function isDark(): boolean {
  const theme = chosenTheme();
  return theme === "auto" ? darkness.matches : theme === "dark";
}

/** Dark when it is light and the other way round; what the system wants anyway is not kept, so that it goes on following it. */
export function switchTheme(): void {
  const dark = !isDark();
  try {
    if (dark === darkness.matches) localStorage.removeItem(kept);
    else localStorage.setItem(kept, dark ? "dark" : "light");
  } catch {
    // Without storage the page follows the system.
  }
}

export function showTheme(): void {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

export function onSystemThemeChange(then: () => void): void {
  darkness.addEventListener("change", then);
}
