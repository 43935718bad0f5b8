import type { Curves } from "./curves";

/** The columns of a chart: seconds, the means, then highest and lowest of each line. There is no band where a step is one value. */
export function chartData(curves: Curves, ids: readonly string[]): (number | null)[][] {
  const none = curves.times.map(() => null);
  const hasBand = curves.stepSeconds > 1;
  return [
    curves.times.map((time) => time / 1000),
    ...ids.map((id) => curves.series[id]?.avg ?? none),
    ...ids.flatMap((id) => (hasBand ? [curves.series[id]?.max ?? none, curves.series[id]?.min ?? none] : [none, none])),
  ];
}
