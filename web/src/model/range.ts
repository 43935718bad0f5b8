/** A stretch of time: the last so many seconds, moving with the clock, or two fixed ends in unix milliseconds. */
export type Range = { kind: "last"; seconds: number } | { kind: "fixed"; from: number; to: number };

export const presets = ["5m", "15m", "1h", "6h", "24h", "7d", "30d", "1y"] as const;
export const usualRange = "15m";

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };
const shortest = 10;
const longest = 2 * 31_536_000;

/** Reads `15m`, `36h`, `1y` or `FROM..TO` with two RFC 3339 times. null when it is neither. */
export function parseRange(text: string): Range | null {
  const last = /^(\d{1,9})([smhdwy])$/.exec(text);
  if (last) {
    const seconds = Number(last[1]) * (units[last[2] ?? ""] ?? 0);
    return seconds >= shortest && seconds <= longest ? { kind: "last", seconds } : null;
  }
  const ends = text.split("..");
  if (ends.length !== 2) return null;
  const [from, to] = ends.map((end) => Date.parse(end)) as [number, number];
  return to - from >= shortest * 1000 && to - from <= longest * 1000 ? { kind: "fixed", from, to } : null;
}

/** The inverse of `parseRange`, in the largest unit that is whole. */
export function formatRange(range: Range): string {
  if (range.kind === "fixed") return `${instant(range.from)}..${instant(range.to)}`;
  const preset = presets.find((name) => secondsOf(name) === range.seconds);
  if (preset) return preset;
  for (const unit of ["y", "d", "h", "m"]) {
    const size = units[unit] ?? 1;
    if (range.seconds % size === 0) return range.seconds / size + unit;
  }
  return range.seconds + "s";
}

export function ends(range: Range, now: number): { from: number; to: number } {
  return range.kind === "fixed" ? range : { from: now - range.seconds * 1000, to: now };
}

export function spanSeconds(range: Range): number {
  return range.kind === "fixed" ? (range.to - range.from) / 1000 : range.seconds;
}

/** What a drag over the chart selected, at least as long as can be told apart. */
export function selected(from: number, to: number): Range {
  const missing = Math.max(0, shortest * 1000 - (to - from)) / 2;
  return { kind: "fixed", from: Math.round((from - missing) / 1000) * 1000, to: Math.round((to + missing) / 1000) * 1000 };
}

/** Half as long or twice as long around the middle; a moving range stays a moving one. */
export function scaled(range: Range, factor: number, now: number): Range {
  const span = Math.min(longest, Math.max(shortest, spanSeconds(range) * factor));
  if (range.kind === "last") return { kind: "last", seconds: Math.round(span) };
  const middle = (range.from + range.to) / 2;
  const to = Math.min(now, middle + span * 500);
  return { kind: "fixed", from: Math.round(to - span * 1000), to: Math.round(to) };
}

/** Moved by a part of its length, into the past (negative) or up to now. */
export function shifted(range: Range, part: number, now: number): Range {
  const { from, to } = ends(range, now);
  const by = Math.min((to - from) * part, now - to);
  return { kind: "fixed", from: Math.round(from + by), to: Math.round(to + by) };
}

export function nextPreset(range: Range, direction: 1 | -1): Range {
  const span = spanSeconds(range);
  const sizes = presets.map(secondsOf);
  const seconds = direction > 0 ? sizes.find((size) => size > span) : sizes.reverse().find((size) => size < span);
  return { kind: "last", seconds: seconds ?? span };
}

function secondsOf(preset: string): number {
  const range = parseRange(preset);
  return range?.kind === "last" ? range.seconds : 0;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
