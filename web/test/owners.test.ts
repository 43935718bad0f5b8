import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connections, Finding, Findings } from "../src/api/contract";
import { contrast, grounds, inks, mixed, readable } from "../src/model/colour";
import { openOf } from "../src/model/findingsFeed";
import { ownersOf } from "../src/model/portOwners";
import { heat, strongest } from "../src/model/heat";
import { Numbers } from "../src/text/numbers";

test("the largest of a column is full, nothing is empty, one is seen, and more is never fainter", () => {
  assert.equal(heat(10_000, 10_000), 1);
  assert.equal(heat(0, 10_000), 0);
  assert.ok(heat(1, 100_000) > 0.12);
  let before = 0;
  for (const value of [1, 10, 100, 1000, 10_000]) {
    assert.ok(heat(value, 10_000) > before + 0.1, `${value}`);
    before = heat(value, 10_000);
  }
});

test("numbers can be read on the strongest colour of every cell", () => {
  for (const colour of ["#9990a2", "#bd2d47", "#436799", "#009e73", "#e69f00", "#ffffff", "#000000"]) {
    for (const theme of ["light", "dark"] as const) {
      const seen = readable(colour, grounds[theme]);
      const share = strongest(seen, grounds[theme], inks[theme]);
      assert.ok(contrast(mixed(seen, grounds[theme], share), inks[theme]) >= 4.5 && share >= 0.25, `${colour} ${theme} ${share}`);
    }
  }
});

test("an age is its largest unit", () => {
  const numbers = new Numbers("en");
  assert.deepEqual([0, 59, 60, 3599, 3600, 200_000].map((seconds) => numbers.age(seconds)), ["0 s", "59 s", "1 min", "59 min", "1 h", "2 d"]);
});

test("open findings are found by what they are about", () => {
  const finding = (kind: string, key: string, rule: string): Finding => ({ rule, subject: { kind, key } }) as Finding;
  const findings = { open: [finding("port", "443", "a"), finding("destination", "443", "b"), finding("port", "443", "c"), finding("host", "", "d")] } as unknown as Findings;
  assert.deepEqual([...openOf(findings, "port")].map(([key, all]) => [key, all.map((one) => one.rule)]), [["443", ["a", "c"]]]);
  assert.equal(openOf(null, "port").size, 0);
});

test("the first owner that is told stands for a port, and a port without one has none", () => {
  const row = (port: number, service: string | null): object => ({ local_port: port, owner: service === null ? null : { service } });
  const owners = ownersOf({ connections: [row(80, null), row(443, "nginx"), row(443, "other"), row(22, null)] } as unknown as Connections);
  assert.deepEqual([...owners].map(([port, owner]) => [port, owner.service]), [[443, "nginx"]]);
});
