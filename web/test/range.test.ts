import assert from "node:assert/strict";
import { test } from "node:test";
import { ends, formatRange, nextPreset, parseRange, presets, scaled, selected, shifted, type Range } from "../src/model/range";

const hour = 3_600_000;

test("every usual range reads back as it is written", () => {
  for (const preset of presets) assert.equal(formatRange(parseRange(preset) as Range), preset);
});

test("a fixed range reads back as it is written", () => {
  const text = "2026-11-22T10:00:00Z..2026-11-22T11:00:00Z";
  assert.equal(formatRange(parseRange(text) as Range), text);
});

test("what is no range is none", () => {
  for (const text of ["", "5", "m", "-5m", "5m ", "0s", "99y", "1e3s", "now", "a..b", "2026-11-22T11:00:00Z..2026-11-22T10:00:00Z", "1..2..3"]) assert.equal(parseRange(text), null, text);
});

test("an unusual range keeps its length", () => {
  assert.deepEqual(parseRange("90m"), { kind: "last", seconds: 5400 });
  assert.equal(formatRange({ kind: "last", seconds: 5400 }), "90m");
  assert.equal(formatRange({ kind: "last", seconds: 86_400 }), "24h");
});

test("a moving range ends now", () => {
  assert.deepEqual(ends({ kind: "last", seconds: 3600 }, 10 * hour), { from: 9 * hour, to: 10 * hour });
});

test("a drag of a few pixels selects at least ten seconds", () => {
  const range = selected(100_000, 101_000);
  assert.ok(range.kind === "fixed" && range.to - range.from >= 10_000);
});

test("zooming keeps the middle, and never leads into the future", () => {
  assert.deepEqual(scaled({ kind: "fixed", from: 0, to: 4 * hour }, 0.5, 10 * hour), { kind: "fixed", from: hour, to: 3 * hour });
  assert.deepEqual(scaled({ kind: "fixed", from: 6 * hour, to: 10 * hour }, 2, 10 * hour), { kind: "fixed", from: 2 * hour, to: 10 * hour });
  assert.deepEqual(scaled({ kind: "last", seconds: 15 }, 0.5, 0), { kind: "last", seconds: 10 });
});

test("moving on stops at now", () => {
  assert.deepEqual(shifted({ kind: "fixed", from: 8 * hour, to: 9 * hour }, -0.5, 10 * hour), { kind: "fixed", from: 7.5 * hour, to: 8.5 * hour });
  assert.deepEqual(shifted({ kind: "fixed", from: 8 * hour, to: 9 * hour }, 5, 10 * hour), { kind: "fixed", from: 9 * hour, to: 10 * hour });
});

test("the next usual range is longer or shorter, and the last one stays", () => {
  assert.equal(formatRange(nextPreset({ kind: "last", seconds: 900 }, 1)), "1h");
  assert.equal(formatRange(nextPreset({ kind: "last", seconds: 900 }, -1)), "5m");
  assert.equal(formatRange(nextPreset(parseRange("1y") as Range, 1)), "1y");
});
