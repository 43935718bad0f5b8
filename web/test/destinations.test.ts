import assert from "node:assert/strict";
import { test } from "node:test";
import type { Destination } from "../src/api/contract";
import { DestinationTrends, filterOf } from "../src/model/destinationTrends";

const to = (used: number, more: Partial<Destination> = {}): Destination => ({ source: "10.0.0.5", destination: "10.0.0.7:5432", used, time_wait: 0, time_wait_reusable: 0, syn_sent: 0, unanswered: 0, capacity: 1000, owners: [], ...more });

/** What is said after so many seconds in which the destination had `used(second)` ports. */
function after(seconds: number, used: (second: number) => Destination): ReturnType<DestinationTrends["of"]> {
  const trends = new DestinationTrends();
  for (let second = 0; second <= seconds; second++) trends.add(second * 1000, [used(second)]);
  return trends.of(used(seconds));
}

test("nothing is said before half a minute was seen", () => {
  assert.deepEqual(after(29, (second) => to(second)), { perMinute: null, secondsToFull: null });
  assert.equal(after(30, (second) => to(second)).perMinute, 60);
});

test("steady growth of three minutes tells when the ports are full, of less does not", () => {
  assert.equal(after(179, (second) => to(second)).secondsToFull, null);
  assert.equal(after(200, (second) => to(second * 2)).secondsToFull, 300);
});

test("a new load that fills TIME_WAIT for a minute and then stands is no growth without end", () => {
  for (const seconds of [200, 240, 290, 330]) assert.equal(after(seconds, (second) => to(Math.min(Math.max(second - 150, 0), 60) * 10, { capacity: 10_000 })).secondsToFull, null, `${seconds}`);
});

test("ports that may be taken over do not fill anything", () => {
  assert.deepEqual(after(240, (second) => to(100 + second, { time_wait: second, time_wait_reusable: second })), { perMinute: 0, secondsToFull: null });
});

test("shrinking, coming and going, an unknown limit and a limit far away give no forecast", () => {
  assert.equal(after(240, (second) => to(900 - second)).secondsToFull, null);
  assert.equal(after(240, (second) => to(500 + (second % 2))).secondsToFull, null);
  assert.equal(after(240, (second) => to(second, { capacity: null })).secondsToFull, null);
  assert.equal(after(240, (second) => to(second / 10, { capacity: 64_000 })).secondsToFull, null);
});

test("a long silence begins anew: nobody saw what was between", () => {
  const trends = new DestinationTrends();
  for (let second = 0; second < 240; second++) trends.add(second * 1000, [to(second)]);
  trends.add(400_000, [to(900)]);
  assert.deepEqual(trends.of(to(900)), { perMinute: null, secondsToFull: null });
});

test("what is kept has a bound", () => {
  const trends = new DestinationTrends();
  for (let second = 0; second <= 40; second++) trends.add(second * 1000, Array.from({ length: 150 }, (_, i) => to(second, { destination: `10.0.0.7:${i}` })));
  assert.equal(trends.of(to(40, { destination: "10.0.0.7:0" })).perMinute, null);
  assert.equal(trends.of(to(40, { destination: "10.0.0.7:149" })).perMinute, 60);
});

test("a destination is the filter that finds it", () => {
  assert.equal(filterOf(to(1)), "local:10.0.0.5 remote:10.0.0.7 rport:5432");
  assert.equal(filterOf(to(1, { source: "2001:db8::5", destination: "[2001:db8::7]:443" })), "local:2001:db8::5 remote:2001:db8::7 rport:443");
});
