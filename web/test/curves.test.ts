import assert from "node:assert/strict";
import { test } from "node:test";
import type { History } from "../src/api/contract";
import { chartData } from "../src/model/chartData";
import { append, change, empty, extent, fromHistory } from "../src/model/curves";

const id = "sockets.time_wait";

function history(step: number, points: [seconds: number, value: number | null][]): History {
  const values = points.map(([, value]) => value);
  return { from: "", to: "", step_seconds: step, times: points.map(([seconds]) => seconds * 1000), series: { [id]: { min: values, avg: values, max: values } }, annotations: [], trouble: null };
}

test("a hole in the history is a hole in the line", () => {
  const curves = fromHistory(history(1, [[1, 5], [2, 6], [60, 7]]), 1);
  assert.deepEqual(curves.times, [1000, 2000, 3000, 60_000]);
  assert.deepEqual(curves.series[id]?.avg, [5, 6, null, 7]);
});

test("steps without a value that are no longer than the interval do not break the line", () => {
  const curves = fromHistory(history(1, [[1, 5], [2, null], [3, null], [4, 6]]), 3);
  assert.deepEqual(curves.series[id]?.avg, [5, 6]);
});

test("nulls for longer than the interval break the line", () => {
  const curves = fromHistory(history(1, [[1, 5], [2, null], [3, null], [4, null], [5, 6]]), 1);
  assert.deepEqual(curves.series[id]?.avg, [5, null, 6]);
});

test("a live report after the last step is a new point", () => {
  const curves = fromHistory(history(1, [[1, 5]]), 1);
  append(curves, 2300, { [id]: 8 }, 1, 0);
  assert.deepEqual(curves.times, [1000, 2000]);
  assert.deepEqual(curves.series[id]?.avg, [5, 8]);
});

test("live reports within a step raise its highest and lower its lowest", () => {
  const curves = empty([id], 60);
  for (const [second, value] of [[60, 10], [61, 40], [62, 10]] as const) append(curves, second * 1000, { [id]: value }, 1, 0);
  assert.deepEqual(curves.times, [60_000]);
  assert.deepEqual(curves.series[id], { min: [10], avg: [20], max: [40] });
});

test("a step begun by the history counts for the time that it already lasts", () => {
  const curves = fromHistory(history(60, [[60, 10]]), 1);
  append(curves, 69_000, { [id]: 20 }, 1, 0);
  assert.equal(curves.series[id]?.avg[0], 11);
});

test("what was missed while asleep is a hole", () => {
  const curves = fromHistory(history(1, [[1, 5], [2, 5]]), 1);
  append(curves, 100_000, { [id]: 9 }, 1, 0);
  assert.deepEqual(curves.series[id]?.avg, [5, 5, null, 9]);
});

test("a report from before the last point is left to the history", () => {
  const curves = fromHistory(history(1, [[10, 5]]), 1);
  append(curves, 4000, { [id]: 9 }, 1, 0);
  assert.deepEqual(curves.times, [10_000]);
});

test("an unreadable tick is unknown and not zero", () => {
  const curves = fromHistory(history(1, [[1, 5]]), 1);
  append(curves, 2000, null, 1, 0);
  assert.deepEqual(curves.series[id]?.avg, [5, null]);
});

test("what left the range is forgotten, but for the point from which the line comes in", () => {
  const curves = fromHistory(history(1, [[1, 1], [2, 2], [3, 3]]), 1);
  append(curves, 4000, { [id]: 4 }, 1, 3500);
  assert.deepEqual(curves.times, [3000, 4000]);
});

test("the change is that of the last minute", () => {
  const curves = empty([id], 1);
  for (let second = 0; second <= 120; second++) append(curves, second * 1000, { [id]: second * 2 }, 1, 0);
  assert.equal(change(curves, id, 60), 120);
});

test("there is no change to tell before half a minute", () => {
  const curves = empty([id], 1);
  for (let second = 0; second <= 20; second++) append(curves, second * 1000, { [id]: second }, 1, 0);
  assert.equal(change(curves, id, 60), null);
});

test("the extent of a line is that of its bands", () => {
  const curves = empty([id], 60);
  for (const value of [3, 9, 6]) append(curves, 60_000, { [id]: value }, 1, 0);
  assert.deepEqual(extent(curves, id), { min: 3, max: 9, last: 6 });
  assert.equal(extent(curves, "unheard.of"), null);
});

test("a chart has a band only where a step is more than one value", () => {
  const fine = fromHistory(history(1, [[1, 5]]), 1);
  assert.deepEqual(chartData(fine, [id]), [[1], [5], [null], [null]]);
  const coarse = fromHistory(history(60, [[60, 5]]), 1);
  assert.deepEqual(chartData(coarse, [id]), [[60], [5], [5], [5]]);
});

test("a chart of a series that is not there has an empty line", () => {
  assert.deepEqual(chartData(fromHistory(history(1, [[1, 5]]), 1), ["unheard.of"])[1], [null]);
});
