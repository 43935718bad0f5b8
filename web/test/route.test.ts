import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, connectionsIn, narrowed, parseRoute, type Route } from "../src/model/route";

function parse(address: string): Route {
  const url = new URL(address, "http://127.0.0.1");
  return parseRoute(url.pathname, url.search);
}

test("every view is its address, and the address is the view", () => {
  for (const address of [
    "/",
    "/?range=7d",
    "/machine",
    "/machine/time_wait",
    "/machine/time_wait?range=2026-11-22T10:00:00Z..2026-11-22T11:00:00Z",
    "/connections",
    "/findings",
    "/listeners",
    "/listeners?search=443+loopback&sort=port&reverse=1",
    "/destinations",
    "/owners",
    "/owners?by=container&limit=100",
    "/connections?filter=state:close_wait+remote:10.0.0.0/8&group=remote_address&rows=1&sort=recvq&reverse=1&limit=1000",
  ]) {
    assert.equal(addressOf(parse(address)), address);
  }
});

test("a filter with any character survives the address", () => {
  for (const filter of ["recvq:>=1000", "a&b=c#d%+e", "状态 时间等待", "!state:listen addr:::1"]) {
    const route = parse(addressOf({ ...connectionsIn("listen"), filter }));
    assert.ok(route.page === "connections" && route.filter === filter, filter);
  }
});

test("what an address says wrongly is as if it was not said", () => {
  assert.deepEqual(parse("/?range=yesterday"), parse("/"));
  assert.deepEqual(parse("/connections?limit=1000000&rows=maybe"), parse("/connections"));
  assert.deepEqual(parse("/listeners?sort=beauty"), parse("/listeners"));
  assert.deepEqual(parse("/owners?limit=21"), parse("/owners"));
});

test("an unknown place is known as such", () => {
  assert.deepEqual(parse("/machine/Time-Wait"), { page: "unknown", path: "/machine/Time-Wait" });
  assert.deepEqual(parse("/nowhere/"), { page: "unknown", path: "/nowhere" });
});

test("a group narrows the filter, and takes the place of a word with its key", () => {
  assert.equal(narrowed("", "remote:10.0.0.7"), "remote:10.0.0.7");
  assert.equal(narrowed("state:established", "remote:10.0.0.7"), "state:established remote:10.0.0.7");
  assert.equal(narrowed("state:closing  remote:10.0.0.0/8", "remote:10.0.0.7"), "state:closing remote:10.0.0.7");
});
