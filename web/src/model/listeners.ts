import type { Port } from "../api/contract";
import type { PortOrder } from "./route";

/** What a port is sorted by; null stands behind everything else. */
const values: Record<PortOrder, (port: Port) => number | null> = {
  accept: (port) => port.accept_percent,
  port: (port) => port.port,
  scope: (port) => reach.indexOf(port.scope),
  listeners: (port) => port.listeners,
  half: (port) => port.half_open_percent ?? port.states["syn_recv"] ?? null,
  established: (port) => port.states["established"] ?? null,
  close_wait: (port) => port.states["close_wait"] ?? null,
};

/** From how far away a port can be reached: the farthest first. */
const reach = ["any", "address", "loopback"];

/** Columns that one reads from the smallest on; in all others the largest is news. */
const rising: readonly PortOrder[] = ["port", "scope"];

export function isRising(order: PortOrder, reverse: boolean): boolean {
  return rising.includes(order) !== reverse;
}

/** The ports that have every word of the search, in order; equal ones by their number. */
export function listed(ports: readonly Port[], search: string, order: PortOrder, reverse: boolean, wordsOf: (port: Port) => string): Port[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const value = values[order];
  const sign = isRising(order, reverse) ? 1 : -1;
  return ports
    .filter((port) => wanted.every((word) => (/^\d+$/.test(word) ? String(port.port).startsWith(word) : wordsOf(port).toLowerCase().includes(word))))
    .sort((a, b) => compare(value(a), value(b), sign) || a.port - b.port);
}

function compare(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}
