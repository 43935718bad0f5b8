import type { Destination } from "../api/contract";

/** How a destination's ports moved of late. */
export interface Trend {
  /** Ports per minute, taken or given back; null while too little has been seen. */
  perMinute: number | null;
  /** Seconds until no port is left, at the rate of the last three minutes; null when that cannot be said. */
  secondsToFull: number | null;
}

type Point = [time: number, used: number];

const minute = 60_000;
const leastSeen = 30_000;
/** The last three minutes must each have grown: closed connections stay in TIME_WAIT for one, and a new load so looks like endless growth for as long. */
const minutesOfGrowth = 3;
/** Behind this the rate of some minutes says nothing. */
const farthest = 12 * 3600;
/** Points closer than this to the one before are left out: 200 of them reach back far enough. */
const leastStep = 1000;
/** The report names at most 20 destinations; those that left it are kept while they could come back. */
const destinationsKept = 100;

export function keyOf(destination: Destination): string {
  return `${destination.source} > ${destination.destination}`;
}

/** The filter that finds the connections to a destination, but those whose port was chosen by the program. */
export function filterOf({ source, destination }: Destination): string {
  const colon = destination.lastIndexOf(":");
  return `local:${source} remote:${destination.slice(0, colon).replace(/^\[|\]$/g, "")} rport:${destination.slice(colon + 1)}`;
}

/** Ports that no new connection can have: all that are taken, without those that it may take over. */
export function takenOf(destination: Destination): number {
  return destination.used - destination.time_wait_reusable;
}

/** What the stream said of the destinations within the last minutes. */
export class DestinationTrends {
  private readonly seen = new Map<string, Point[]>();

  add(time: number, destinations: readonly Destination[]): void {
    for (const destination of destinations) {
      const key = keyOf(destination);
      const points = this.seen.get(key) ?? [];
      this.seen.delete(key);
      this.seen.set(key, points);
      const last = points.at(-1);
      // The clock was set back: what was seen before has no place any more.
      if (last && time < last[0]) points.length = 0;
      if (last && points.length > 0 && time - last[0] < leastStep * 0.9) continue;
      // Nobody saw what happened in a long silence.
      if (last && time - last[0] > minute) points.length = 0;
      points.push([time, takenOf(destination)]);
      while ((points[1]?.[0] ?? time) < time - (minutesOfGrowth * minute + leastSeen)) points.shift();
    }
    for (const key of this.seen.keys()) {
      if (this.seen.size <= destinationsKept) break;
      this.seen.delete(key);
    }
  }

  of(destination: Destination): Trend {
    const points = this.seen.get(keyOf(destination)) ?? [];
    const last = points.at(-1);
    const first = points.find(([time]) => last && time >= last[0] - minute);
    if (!last || !first || last[0] - first[0] < leastSeen) return { perMinute: null, secondsToFull: null };
    return { perMinute: ((last[1] - first[1]) / (last[0] - first[0])) * minute, secondsToFull: untilFull(points, last, destination) };
  }
}

function untilFull(points: readonly Point[], last: Point, destination: Destination): number | null {
  if (destination.capacity === null) return null;
  const marks: number[] = [last[1]];
  for (let back = 1; back <= minutesOfGrowth; back++) {
    const before = points.filter(([time]) => time <= last[0] - back * minute).at(-1);
    if (!before) return null;
    marks.push(before[1]);
  }
  const growths = marks.slice(1).map((mark, place) => (marks[place] ?? 0) - mark);
  const mean = growths.reduce((sum, growth) => sum + growth, 0) / minutesOfGrowth;
  // Steady, and more than the coming and going of a few.
  if (mean < 5 || growths.some((growth) => growth < mean / 3)) return null;
  const seconds = (Math.max(0, destination.capacity - last[1]) / mean) * 60;
  return seconds > farthest ? null : seconds;
}
