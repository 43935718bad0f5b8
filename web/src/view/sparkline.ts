import { s, setAttribute } from "../dom";
import { extent, type Curves } from "../model/curves";

const width = 100;
const height = 24;
const columns = 60;

/** A small line of one curve, scaled to itself, without a scale: the tile's number gives it. */
export class Sparkline {
  readonly element: SVGSVGElement;
  private readonly line = s("path", { class: "spark-line" });
  private readonly area = s("path", { class: "spark-area" });

  constructor(private readonly id: string, private readonly isFromZero = false) {
    this.element = s("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, this.area, this.line);
  }

  draw(curves: Curves, spanSeconds: number): void {
    const { line, area } = sparkPaths(curves, this.id, spanSeconds, this.isFromZero);
    setAttribute(this.line, "d", line);
    setAttribute(this.area, "d", area);
  }
}

/** At most so many points as can be told apart, each the highest value of its column: a spike is not averaged away. */
export function sparkPaths(curves: Curves, id: string, spanSeconds: number, isFromZero = false): { line: string; area: string } {
  const band = curves.series[id];
  const range = extent(curves, id);
  const end = curves.times.at(-1);
  if (!band || !range || end === undefined) return { line: "", area: "" };
  const start = end - spanSeconds * 1000;
  const highest: (number | null)[] = new Array<number | null>(columns + 1).fill(null);
  const broken = new Set<number>();
  curves.times.forEach((time, i) => {
    if (time < start) return;
    const column = Math.round(((time - start) / (end - start)) * columns);
    const value = band.max[i];
    if (value == null) broken.add(column);
    else highest[column] = Math.max(highest[column] ?? value, value);
  });
  // A curve that never moves is a line through the middle, and a few sockets more or less are no mountain. Of a rate, nothing is the ground.
  const spread = isFromZero ? Math.max(range.max, 1) : Math.max(range.max - range.min, range.max * 0.02, 3);
  const lowest = isFromZero ? 0 : (range.max + range.min - spread) / 2;
  const y = (value: number): number => height - 2 - ((value - lowest) / spread) * (height - 4);
  let line = "";
  let area = "";
  let last: number | null = null;
  highest.forEach((value, column) => {
    if (value === null) {
      if (broken.has(column)) last = null;
      return;
    }
    const x = (column / columns) * width;
    const point = `${x.toFixed(1)} ${y(value).toFixed(1)}`;
    if (last === null) {
      line += `M${point}`;
      if (area) area += `V${height}Z`;
      area += `M${x.toFixed(1)} ${height}L${point}`;
    } else {
      line += `L${point}`;
      area += `L${point}`;
    }
    last = x;
  });
  if (area) area += last === null ? "Z" : `V${height}Z`;
  return { line, area };
}
