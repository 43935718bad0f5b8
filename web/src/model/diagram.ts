/** The RFC 9293 diagram as `tcplens explain` draws it: which states are joined by what, and where everything lies. */
export type Side = "top" | "right" | "bottom" | "left";
export type ArrowCause = "listen" | "connect" | "synIn" | "ackIn" | "synAckIn" | "weClose" | "peerCloses" | "seconds60";

export interface Arrow {
  from: string;
  to: string;
  cause: ArrowCause;
  /** The kernel's counter whose rate is the traffic of this arrow. */
  counter?: string;
}

/** Not a state: where a connection is no more. */
export const gone = "gone";

export const arrows: readonly Arrow[] = [
  { from: "close", to: "listen", cause: "listen" },
  { from: "close", to: "syn_sent", cause: "connect", counter: "ActiveOpens" },
  { from: "listen", to: "syn_recv", cause: "synIn" },
  { from: "syn_recv", to: "established", cause: "ackIn", counter: "PassiveOpens" },
  { from: "syn_sent", to: "established", cause: "synAckIn" },
  { from: "established", to: "fin_wait1", cause: "weClose" },
  { from: "established", to: "close_wait", cause: "peerCloses" },
  { from: "fin_wait1", to: "fin_wait2", cause: "ackIn" },
  { from: "fin_wait1", to: "closing", cause: "peerCloses" },
  { from: "closing", to: "time_wait", cause: "ackIn" },
  { from: "fin_wait2", to: "time_wait", cause: "peerCloses" },
  { from: "close_wait", to: "last_ack", cause: "weClose" },
  { from: "last_ack", to: gone, cause: "ackIn" },
  { from: "time_wait", to: gone, cause: "seconds60" },
];

interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  node: { width: number; height: number };
  at: Record<string, Point>;
  /** Whether there is room for words on the arrows. */
  hasLabels: boolean;
}

export const wide: Layout = {
  width: 860,
  height: 560,
  node: { width: 150, height: 56 },
  hasLabels: true,
  at: {
    close: { x: 430, y: 34 },
    listen: { x: 140, y: 112 },
    syn_sent: { x: 720, y: 112 },
    syn_recv: { x: 140, y: 216 },
    established: { x: 430, y: 246 },
    fin_wait1: { x: 140, y: 350 },
    closing: { x: 430, y: 398 },
    close_wait: { x: 720, y: 350 },
    fin_wait2: { x: 140, y: 470 },
    last_ack: { x: 720, y: 454 },
    time_wait: { x: 430, y: 524 },
    gone: { x: 720, y: 530 },
  },
};

/** For the phone: the same order, closer together, with larger letters. */
export const tall: Layout = {
  width: 366,
  height: 590,
  node: { width: 112, height: 54 },
  hasLabels: false,
  at: {
    close: { x: 183, y: 31 },
    listen: { x: 60, y: 108 },
    syn_sent: { x: 306, y: 108 },
    syn_recv: { x: 60, y: 196 },
    established: { x: 183, y: 258 },
    fin_wait1: { x: 60, y: 346 },
    closing: { x: 183, y: 406 },
    close_wait: { x: 306, y: 346 },
    fin_wait2: { x: 60, y: 466 },
    last_ack: { x: 306, y: 466 },
    time_wait: { x: 183, y: 554 },
    gone: { x: 306, y: 554 },
  },
};

export interface Drawn {
  path: string;
  middle: Point;
}

/** The curve of an arrow from the side of one box to the side of the other, and where a label stands on it. */
export function route(layout: Layout, arrow: Arrow): Drawn {
  const a = layout.at[arrow.from] ?? { x: 0, y: 0 };
  const b = layout.at[arrow.to] ?? { x: 0, y: 0 };
  const [leave, enter] = sides(a, b, arrow);
  const start = edge(layout, arrow.from, a, leave);
  const end = edge(layout, arrow.to, b, enter);
  const straight = Math.abs(start.x - end.x) < 1 || Math.abs(start.y - end.y) < 1;
  if (straight) return { path: `M${start.x} ${start.y}L${end.x} ${end.y}`, middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } };
  const reach = Math.max(18, Math.hypot(end.x - start.x, end.y - start.y) * 0.42);
  const c1 = along(start, leave, reach);
  const c2 = along(end, enter, reach);
  return {
    path: `M${start.x} ${start.y}C${c1.x} ${c1.y} ${c2.x} ${c2.y} ${end.x} ${end.y}`,
    middle: { x: (start.x + 3 * c1.x + 3 * c2.x + end.x) / 8, y: (start.y + 3 * c1.y + 3 * c2.y + end.y) / 8 },
  };
}

/** From above to below where boxes stand in one column; from the side into the top, and from the bottom into the side, where not. */
function sides(a: Point, b: Point, arrow: Arrow): [Side, Side] {
  if (a.x === b.x) return ["bottom", "top"];
  const towards: Side = b.x > a.x ? "right" : "left";
  const back: Side = b.x > a.x ? "left" : "right";
  if (a.y === b.y || arrow.to === gone) return [towards, back];
  if (arrow.from === "close" || arrow.from === "established") return [towards, "top"];
  return arrow.from === "fin_wait1" ? [towards, "top"] : ["bottom", back];
}

function edge(layout: Layout, name: string, at: Point, side: Side): Point {
  const half = name === gone ? { x: 26, y: 12 } : { x: layout.node.width / 2, y: layout.node.height / 2 };
  return along(at, side, side === "left" || side === "right" ? half.x : half.y);
}

function along(from: Point, side: Side, by: number): Point {
  if (side === "left") return { x: from.x - by, y: from.y };
  if (side === "right") return { x: from.x + by, y: from.y };
  return { x: from.x, y: side === "top" ? from.y - by : from.y + by };
}
