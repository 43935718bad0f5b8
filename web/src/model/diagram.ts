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

/** A place at the edge of a box: the side, and how far from its middle. */
type Joint = [side: Side, shift: number];

interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  node: { width: number; height: number };
  at: Record<string, Point>;
  /** Where an arrow leaves and enters, when not from below to above: "fin_wait1>closing". */
  joints: Record<string, [Joint, Joint]>;
  /** Whether there is room for words on the arrows. */
  hasLabels: boolean;
}

export const wide: Layout = {
  width: 860,
  height: 560,
  node: { width: 150, height: 58 },
  hasLabels: true,
  joints: {
    "close>listen": [["left", 0], ["top", 0]],
    "close>syn_sent": [["right", 0], ["top", 0]],
    "syn_recv>established": [["right", 0], ["left", -13]],
    "syn_sent>established": [["bottom", 0], ["right", -13]],
    "established>fin_wait1": [["left", 13], ["right", -13]],
    "established>close_wait": [["right", 13], ["left", 0]],
    "fin_wait1>closing": [["right", 13], ["left", 0]],
    "fin_wait2>time_wait": [["right", 0], ["left", 0]],
    "time_wait>gone": [["right", 6], ["left", 0]],
  },
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
    time_wait: { x: 430, y: 528 },
    gone: { x: 720, y: 534 },
  },
};

/** For the phone: the same order, closer together, with larger letters. */
export const tall: Layout = {
  width: 366,
  height: 628,
  node: { width: 112, height: 62 },
  hasLabels: false,
  joints: {
    "close>listen": [["left", 0], ["top", 0]],
    "close>syn_sent": [["right", 0], ["top", 0]],
    "syn_recv>established": [["right", 0], ["top", -30]],
    "syn_sent>established": [["bottom", 0], ["top", 30]],
    "established>fin_wait1": [["bottom", -30], ["right", -10]],
    "established>close_wait": [["bottom", 30], ["left", 0]],
    "fin_wait1>closing": [["right", 14], ["top", 0]],
    "fin_wait2>time_wait": [["right", 0], ["top", -30]],
    "time_wait>gone": [["right", 0], ["left", 0]],
  },
  at: {
    close: { x: 183, y: 33 },
    listen: { x: 60, y: 114 },
    syn_sent: { x: 306, y: 114 },
    syn_recv: { x: 60, y: 208 },
    established: { x: 183, y: 278 },
    fin_wait1: { x: 60, y: 370 },
    closing: { x: 183, y: 432 },
    close_wait: { x: 306, y: 370 },
    fin_wait2: { x: 60, y: 494 },
    last_ack: { x: 306, y: 494 },
    time_wait: { x: 183, y: 594 },
    gone: { x: 306, y: 594 },
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
  const [[leave, leaveShift], [enter, enterShift]] = layout.joints[`${arrow.from}>${arrow.to}`] ?? [["bottom", 0], ["top", 0]];
  const start = edge(layout, arrow.from, a, leave, leaveShift);
  const end = edge(layout, arrow.to, b, enter, enterShift);
  const straight = Math.abs(start.x - end.x) < 1 || Math.abs(start.y - end.y) < 1;
  if (straight) return { path: `M${start.x} ${start.y}L${end.x} ${end.y}`, middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } };
  const reach = Math.max(12, Math.hypot(end.x - start.x, end.y - start.y) * 0.42);
  const c1 = along(start, leave, reach);
  const c2 = along(end, enter, reach);
  return {
    path: `M${start.x} ${start.y}C${c1.x} ${c1.y} ${c2.x} ${c2.y} ${end.x} ${end.y}`,
    middle: { x: (start.x + 3 * c1.x + 3 * c2.x + end.x) / 8, y: (start.y + 3 * c1.y + 3 * c2.y + end.y) / 8 },
  };
}

function edge(layout: Layout, name: string, at: Point, side: Side, shift: number): Point {
  const half = name === gone ? { x: 26, y: 12 } : { x: layout.node.width / 2, y: layout.node.height / 2 };
  const isBeside = side === "left" || side === "right";
  const from = isBeside ? { x: at.x, y: at.y + shift } : { x: at.x + shift, y: at.y };
  return along(from, side, isBeside ? half.x : half.y);
}

function along(from: Point, side: Side, by: number): Point {
  if (side === "left") return { x: from.x - by, y: from.y };
  if (side === "right") return { x: from.x + by, y: from.y };
  return { x: from.x, y: side === "top" ? from.y - by : from.y + by };
}
