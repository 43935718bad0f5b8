import assert from "node:assert/strict";
import { test } from "node:test";
import type { Port } from "../src/api/contract";
import { listed } from "../src/model/listeners";
import type { PortOrder } from "../src/model/route";

const port = (number: number, accept: number | null, more: Partial<Port> = {}): Port => ({ port: number, scope: "any", family: "ipv4", listeners: 1, accept_queue: 0, accept_limit: null, accept_percent: accept, half_open_limit: null, half_open_percent: null, states: {}, ...more });
const ports = [port(80, 10), port(443, 90, { states: { established: 5 } }), port(8443, null, { scope: "loopback", states: { established: 7 } }), port(22, 0, { family: "both", scope: "address" })];
const words = (one: Port): string => `${one.scope} ${one.family}`;
const order = (search: string, sort: PortOrder, reverse = false): number[] => listed(ports, search, sort, reverse, words).map((one) => one.port);

test("the fullest queue comes first, and an unknown one last in either direction", () => {
  assert.deepEqual(order("", "accept"), [443, 80, 22, 8443]);
  assert.deepEqual(order("", "accept", true), [22, 80, 443, 8443]);
});

test("ports rise by number, from the farthest reach to the nearest, and by sockets the most first", () => {
  assert.deepEqual(order("", "port"), [22, 80, 443, 8443]);
  assert.deepEqual(order("", "scope"), [80, 443, 22, 8443]);
  assert.deepEqual(order("", "established"), [8443, 443, 22, 80]);
});

test("a number finds ports that begin with it, a word what is said of a port, and all words must be found", () => {
  assert.deepEqual(order("44", "port"), [443]);
  assert.deepEqual(order("LOOP", "port"), [8443]);
  assert.deepEqual(order("any ipv4 8", "port"), [80]);
  assert.deepEqual(order("udp", "port"), []);
});
