// The program declares one colour for each state. Here it is made lighter or darker, never another, until it can be seen on the page's ground.

type Rgb = [number, number, number];

export const grounds = { light: "#ffffff", dark: "#151a21" } as const;
export const inks = { light: "#14181f", dark: "#e6edf3" } as const;
/** What WCAG asks of graphics. */
const leastContrast = 3;

export function parseColour(hex: string): Rgb {
  const number = Number.parseInt(hex.replace("#", ""), 16);
  return Number.isNaN(number) ? [128, 128, 128] : [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

export function contrast(one: string, other: string): number {
  const a = luminance(parseColour(one));
  const b = luminance(parseColour(other));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The nearest shade of `colour` with at least `wanted` contrast against `ground`. */
export function readable(colour: string, ground: string, wanted: number = leastContrast): string {
  const target: Rgb = luminance(parseColour(ground)) < 0.4 ? [255, 255, 255] : [0, 0, 0];
  const from = parseColour(colour);
  for (let share = 0; share < 1; share += 0.02) {
    const shade = write(from.map((part, i) => part + ((target[i] ?? 0) - part) * share) as Rgb);
    if (contrast(shade, ground) >= wanted) return shade;
  }
  return write(target);
}

/** So much of a colour on its ground, as color-mix of the style sheet makes it. */
export function mixed(colour: string, ground: string, share: number): string {
  const under = parseColour(ground);
  return write(parseColour(colour).map((part, i) => part * share + (under[i] ?? 0) * (1 - share)) as Rgb);
}

export function withOpacity(colour: string, opacity: number): string {
  return `rgba(${parseColour(colour).join(",")},${opacity})`;
}

function write(colour: Rgb): string {
  return "#" + colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
