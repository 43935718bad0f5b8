import type { Band, History } from "../api/contract";

/** Curves over one axis of time (unix milliseconds, rising), each with its lowest, mean and highest value in every step. */
export interface Curves {
  stepSeconds: number;
  times: number[];
  series: Record<string, Band>;
  /** How many live values the last step holds. */
  tail: number;
}

type Values = Record<string, number | null> | null;

/** Silence of more steps than this is a hole in the line, and not a straight line over what nobody saw. */
const stepsToGap = 2.5;

/**
 * Stored points made fit for drawing. Whether the server leaves out what it does not know or sends nulls for it: steps that are only
 * slower than others are joined, and holes are holes.
 */
export function fromHistory(history: History, intervalSeconds: number): Curves {
  const ids = Object.keys(history.series);
  const curves = empty(ids, history.step_seconds);
  const gap = gapMilliseconds(history.step_seconds, intervalSeconds);
  history.times.forEach((time, i) => {
    if (ids.every((id) => history.series[id]?.avg[i] == null)) return;
    breakBefore(curves, time, gap);
    curves.times.push(time);
    for (const id of ids) {
      const from = history.series[id];
      const to = curves.series[id];
      to?.min.push(from?.min[i] ?? null);
      to?.avg.push(from?.avg[i] ?? null);
      to?.max.push(from?.max[i] ?? null);
    }
  });
  return curves;
}

export function empty(ids: readonly string[], stepSeconds: number): Curves {
  return { stepSeconds, times: [], series: Object.fromEntries(ids.map((id) => [id, { min: [], avg: [], max: [] }])), tail: 0 };
}

/** Adds a report: to the last step while that lasts, else as a new one. What is older than `from` is forgotten. */
export function append(curves: Curves, time: number, values: Values, intervalSeconds: number, from: number): void {
  const step = curves.stepSeconds * 1000;
  const start = Math.floor(time / step) * step;
  const last = curves.times.at(-1);
  // The clock was set back: the server's history knows better, and is asked again soon.
  if (last !== undefined && start < last) return;
  if (last !== undefined && start < last + step && start === Math.floor(last / step) * step) {
    merge(curves, values, Math.max(1, Math.round((time - start) / (intervalSeconds * 1000))));
  } else {
    breakBefore(curves, start, gapMilliseconds(curves.stepSeconds, intervalSeconds));
    push(curves, start, (id) => values?.[id] ?? null);
    curves.tail = 1;
  }
  forget(curves, from);
}

/** The lowest and highest value that a line shows between two times; null when it shows nothing. */
export function extent(curves: Curves, id: string): { min: number; max: number; last: number | null } | null {
  const band = curves.series[id];
  if (!band) return null;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < curves.times.length; i++) {
    const low = band.min[i];
    const high = band.max[i];
    if (low != null && low < min) min = low;
    if (high != null && high > max) max = high;
  }
  return min <= max ? { min, max, last: band.avg.at(-1) ?? null } : null;
}

/** The change of a curve within the last `seconds`; null when it does not reach back half as far. */
export function change(curves: Curves, id: string, seconds: number): number | null {
  const now = curves.times.at(-1);
  const band = curves.series[id];
  if (now === undefined || !band) return null;
  const latest = band.avg.at(-1);
  for (let i = 0; i < curves.times.length; i++) {
    const age = now - (curves.times[i] ?? 0);
    const then = band.avg[i];
    if (age <= seconds * 1000 && then != null) return latest == null || age < seconds * 500 ? null : Math.round(latest - then);
  }
  return null;
}

function merge(curves: Curves, values: Values, assumed: number): void {
  // A step that came from the history does not say how many values made it: as many as fit since it began.
  const count = curves.tail > 0 ? curves.tail : assumed;
  for (const [id, band] of Object.entries(curves.series)) {
    const value = values?.[id];
    if (value == null) continue;
    const i = band.avg.length - 1;
    const mean = band.avg[i];
    band.avg[i] = mean == null ? value : mean + (value - mean) / (count + 1);
    band.min[i] = Math.min(band.min[i] ?? value, value);
    band.max[i] = Math.max(band.max[i] ?? value, value);
  }
  curves.tail = count + 1;
}

function push(curves: Curves, time: number, value: (id: string) => number | null): void {
  curves.times.push(time);
  for (const [id, band] of Object.entries(curves.series)) {
    const one = value(id);
    band.min.push(one);
    band.avg.push(one);
    band.max.push(one);
  }
}

function breakBefore(curves: Curves, time: number, gap: number): void {
  const last = curves.times.at(-1);
  if (last !== undefined && time - last > gap) push(curves, last + curves.stepSeconds * 1000, () => null);
}

function gapMilliseconds(stepSeconds: number, intervalSeconds: number): number {
  return stepsToGap * Math.max(stepSeconds, intervalSeconds) * 1000;
}

function forget(curves: Curves, from: number): void {
  let old = 0;
  // One point before the edge stays, so that the line comes in from outside.
  while (old + 1 < curves.times.length && (curves.times[old + 1] ?? 0) < from) old++;
  if (old === 0) return;
  curves.times.splice(0, old);
  for (const band of Object.values(curves.series)) {
    band.min.splice(0, old);
    band.avg.splice(0, old);
    band.max.splice(0, old);
  }
}
