import { contrast, mixed } from "./colour";

/** What can still be told from an empty cell. */
const faintest = 0.12;
/** What WCAG asks of letters. */
const leastContrast = 4.5;

/** How strongly a cell is coloured, 0 to 1, against the largest number of its column. Tenfold steps look alike: one owner with 10,000 does not hide the ten with 100. */
export function heat(value: number, largest: number): number {
  if (value <= 0 || largest <= 0) return 0;
  return faintest + (1 - faintest) * (Math.log1p(Math.min(value, largest)) / Math.log1p(largest));
}

/** The largest share of a colour in its ground on which letters in `ink` can be read. */
export function strongest(colour: string, ground: string, ink: string): number {
  for (let share = 0.75; share > 0.05; share -= 0.05) if (contrast(mixed(colour, ground, share), ink) >= leastContrast) return share;
  return 0.05;
}
