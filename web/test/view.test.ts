import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilterKey, Finding, Gauge, Report } from "../src/api/contract";
import { silenceAllowed } from "../src/api/live";
import { contrast, grounds, readable } from "../src/model/colour";
import { arrows, gone, route, tall, wide } from "../src/model/diagram";
import { append, empty } from "../src/model/curves";
import { accept, suggest } from "../src/model/suggestion";
import { bars } from "../src/model/findingBars";
import { statesInTrouble } from "../src/model/trouble";
import { sparkPaths } from "../src/view/sparkline";

const states = ["listen", "syn_sent", "syn_recv", "established", "fin_wait1", "fin_wait2", "closing", "time_wait", "close_wait", "last_ack", "close"];
const key = (name: string, values: string[] | null = null): FilterKey => ({ name, example: "", description: { en: "", zh: "" }, values });
const keys = [key("state", ["close_wait", "closing", "listen"]), key("rport"), key("remote"), key("owned", ["yes", "no"])];
const words = (filter: string): string[] => suggest(filter, filter.length, keys).map((one) => one.word);

test("old reports are distrusted after three intervals, and not before ten seconds", () => {
  assert.equal(silenceAllowed(1), 10_000);
  assert.equal(silenceAllowed(5), 15_000);
});

test("every colour can be seen on both grounds", () => {
  for (const colour of ["#9990a2", "#ffffff", "#000000", "#436799", "nonsense"]) {
    for (const ground of Object.values(grounds)) assert.ok(contrast(readable(colour, ground), ground) >= 3, `${colour} on ${ground}`);
  }
});

test("a colour that can be seen stays as it is", () => {
  assert.equal(readable("#bd2d47", grounds.light), "#bd2d47");
});

test("the diagram has all eleven states, each with a place in both drawings", () => {
  const drawn = new Set(arrows.flatMap((arrow) => [arrow.from, arrow.to]));
  assert.deepEqual([...drawn].sort(), [...states, gone].sort());
  for (const layout of [wide, tall]) {
    for (const name of drawn) {
      const at = layout.at[name];
      assert.ok(at && at.x > 0 && at.x < layout.width && at.y > 0 && at.y < layout.height, name);
    }
    for (const arrow of arrows) assert.doesNotMatch(route(layout, arrow).path, /NaN|undefined/);
  }
});

test("boxes of the diagram do not lie over each other", () => {
  for (const layout of [wide, tall]) {
    for (const a of states) {
      for (const b of states) {
        const [one, other] = [layout.at[a], layout.at[b]];
        if (a >= b || !one || !other) continue;
        assert.ok(Math.abs(one.x - other.x) >= layout.node.width || Math.abs(one.y - other.y) >= layout.node.height, `${a} and ${b}`);
      }
    }
  }
});

test("keys are suggested by how they begin, values by what stands after the last comma", () => {
  assert.deepEqual(words("r"), ["rport:", "remote:"]);
  assert.deepEqual(words("state:close_wait,cl"), ["state:close_wait,close_wait", "state:close_wait,closing"]);
  assert.deepEqual(words("owned:no !st"), ["!state:"]);
  assert.deepEqual(words("nothing:"), []);
  assert.deepEqual(words("owned:yes"), []);
});

test("a suggestion takes the place of the word at the caret alone", () => {
  const [suggestion] = suggest("st remote:10.0.0.7", 2, keys);
  assert.ok(suggestion);
  assert.deepEqual(accept("st remote:10.0.0.7", 2, suggestion), { filter: "state: remote:10.0.0.7", caret: 6 });
});

test("only the state whose limit is not well is in trouble", () => {
  const gauge = (id: string, level: Gauge["level"]): Gauge => ({ id, label: { en: "", zh: "" }, used: 1, limit: 2, percent: 50, unit: "", level, detail: null });
  const report = { gauges: [gauge("syn_queue.443", "critical"), gauge("used.time_wait", "ok")], verdict: { level: "ok", sentence: { en: "TIME_WAIT is fine", zh: "" }, detail: null } } as unknown as Report;
  assert.deepEqual([...statesInTrouble(report, [{ name: "time_wait", linux: "TIME_WAIT" }])], ["syn_recv"]);
});

test("a state that a bad verdict names is in trouble", () => {
  const report = { gauges: null, verdict: { level: "warning", sentence: { en: "412 in CLOSE_WAIT, +14 per minute", zh: "" }, detail: null } } as unknown as Report;
  assert.deepEqual([...statesInTrouble(report, [{ name: "close_wait", linux: "CLOSE_WAIT" }, { name: "close", linux: "CLOSE" }])], ["close_wait"]);
});

test("a spike of one second is seen in a sparkline", () => {
  const curves = empty(["a"], 1);
  for (let second = 0; second < 600; second++) append(curves, second * 1000, { a: second === 300 ? 900 : 10 }, 1, 0);
  assert.match(sparkPaths(curves, "a", 600).line, / 2\.0L/);
});

test("a sparkline of nothing is nothing", () => {
  assert.deepEqual(sparkPaths(empty(["a"], 1), "a", 600), { line: "", area: "" });
});

test("a rate stands on its zero line", () => {
  const curves = empty(["a"], 1);
  for (let second = 0; second < 600; second++) append(curves, second * 1000, { a: second < 300 ? 0 : 40 }, 1, 0);
  const { line } = sparkPaths(curves, "a", 600, true);
  assert.match(line, /^M0\.0 22\.0/);
  assert.match(line, / 2\.0$/);
});

test("findings become bars of the last hour, one row for each rule and subject", () => {
  const now = Date.parse("2026-11-22T15:00:00Z");
  const finding = (rule: string, opened: string, closed: string | null): Finding => ({ rule, severity: "warning", worst: "critical", opened, closed, subject: { kind: "port", key: "443", name: { en: "port 443", zh: "端口 443" }, owner: null }, sentence: { en: "", zh: "" }, evidence: [], confidence: "high", ruled_out: [], cause: { en: "", zh: "" }, advice: { en: "", zh: "" }, remedies: [], source: "" });
  const rows = bars(
    { number: 1, time: "2026-11-22T15:00:00Z", open: [finding("accept_queue", "2026-11-22T14:45:00Z", null)], closed: [finding("accept_queue", "2026-11-22T13:00:00Z", "2026-11-22T14:15:00Z"), finding("syn_flood", "2026-11-22T14:30:00Z", "2026-11-22T14:30:01Z"), finding("orphans", "2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z")], checks: [] },
    now,
  );
  assert.deepEqual(rows.map((row) => row.rule), ["accept_queue", "syn_flood"]);
  assert.deepEqual(rows[0]?.pieces.map((piece) => [piece.from, piece.width, piece.isOpen]), [[0.75, 0.25, true], [0, 0.25, false]]);
  const [short] = rows[1]?.pieces ?? [];
  assert.ok(short && short.from === 0.5 && short.width > 0.001 && short.from + short.width <= 1);
});
