import { formatRange, parseRange, usualRange, type Range } from "./range";

/** Where the visitor is. Every view is an address, and `addressOf` and `parseRoute` are each other's inverse. */
export type Route =
  | { page: "overview"; range: Range }
  | { page: "machine"; state: string | null; range: Range }
  | { page: "findings" }
  | ListenersRoute
  | { page: "destinations" }
  | OwnersRoute
  | ConnectionsRoute
  | { page: "unknown"; path: string };

export interface ListenersRoute {
  page: "listeners";
  search: string;
  sort: PortOrder;
  /** Against the usual direction of the column. */
  reverse: boolean;
}

export interface OwnersRoute {
  page: "owners";
  /** The key by which the server groups; empty: the first that it knows. */
  by: string;
  limit: number;
}

export interface ConnectionsRoute {
  page: "connections";
  filter: string;
  group: string;
  /** Whether rows are shown, and not only counts. */
  rows: boolean;
  sort: string;
  reverse: boolean;
  limit: number;
}

export const usualGroup = "state";
export const portOrders = ["accept", "port", "scope", "listeners", "half", "established", "close_wait"] as const;
export type PortOrder = (typeof portOrders)[number];
export const ownerLimits = [20, 50, 100, 200];
export const rowLimits = [100, 250, 500, 1000];

export function parseRoute(pathname: string, search: string): Route {
  const query = new URLSearchParams(search);
  const range = parseRange(query.get("range") ?? usualRange) ?? (parseRange(usualRange) as Range);
  const path = pathname.replace(/\/+$/, "") || "/";
  if (path === "/") return { page: "overview", range };
  if (path === "/machine") return { page: "machine", state: null, range };
  const state = /^\/machine\/([a-z0-9_]{1,32})$/.exec(path)?.[1];
  if (state) return { page: "machine", state, range };
  if (path === "/findings") return { page: "findings" };
  if (path === "/listeners") return { page: "listeners", search: query.get("search") ?? "", sort: portOrders.find((order) => order === query.get("sort")) ?? portOrders[0], reverse: query.get("reverse") === "1" };
  if (path === "/destinations") return { page: "destinations" };
  if (path === "/owners") return { page: "owners", by: query.get("by") ?? "", limit: ownerLimits.find((limit) => limit === Number(query.get("limit"))) ?? 20 };
  if (path === "/connections") return connections(query);
  return { page: "unknown", path };
}

export function addressOf(route: Route): string {
  if (route.page === "unknown") return route.path;
  if (route.page === "findings" || route.page === "destinations") return `/${route.page}`;
  if (route.page === "listeners") return withQuery("/listeners", listenersQuery(route));
  if (route.page === "owners") return withQuery("/owners", ownersQuery(route));
  if (route.page === "connections") return withQuery("/connections", connectionsQuery(route));
  const range = formatRange(route.range);
  const path = route.page === "overview" ? "/" : route.state === null ? "/machine" : `/machine/${route.state}`;
  return withQuery(path, range === usualRange ? {} : { range });
}

/** The way to the connections in one state. */
export function connectionsIn(state: string): ConnectionsRoute {
  return { page: "connections", filter: `state:${state}`, group: "remote_address", rows: false, sort: "", reverse: false, limit: 100 };
}

/** The way to all connections that a filter matches, counted by state. */
export function connectionsOf(filter: string): ConnectionsRoute {
  return { page: "connections", filter, group: usualGroup, rows: false, sort: "", reverse: false, limit: 100 };
}

/** The filter narrowed by one more word, such as `remote:10.0.0.7`. A word with the same key gives way: the new one says all that it said. */
export function narrowed(filter: string, word: string): string {
  const key = word.slice(0, word.indexOf(":") + 1);
  const rest = filter.split(/\s+/).filter((part) => part !== "" && !part.startsWith(key));
  return [...rest, word].join(" ");
}

function connections(query: URLSearchParams): ConnectionsRoute {
  const limit = Number(query.get("limit"));
  return {
    page: "connections",
    filter: query.get("filter") ?? "",
    group: query.get("group") ?? usualGroup,
    rows: query.get("rows") === "1",
    sort: query.get("sort") ?? "",
    reverse: query.get("reverse") === "1",
    limit: rowLimits.includes(limit) ? limit : 100,
  };
}

function connectionsQuery(route: ConnectionsRoute): Record<string, string> {
  const query: Record<string, string> = {};
  if (route.filter) query.filter = route.filter;
  if (route.group !== usualGroup) query.group = route.group;
  if (route.rows) query.rows = "1";
  if (route.sort) query.sort = route.sort;
  if (route.reverse) query.reverse = "1";
  if (route.limit !== 100) query.limit = String(route.limit);
  return query;
}

function listenersQuery(route: ListenersRoute): Record<string, string> {
  const query: Record<string, string> = {};
  if (route.search) query.search = route.search;
  if (route.sort !== portOrders[0]) query.sort = route.sort;
  if (route.reverse) query.reverse = "1";
  return query;
}

function ownersQuery(route: OwnersRoute): Record<string, string> {
  const query: Record<string, string> = {};
  if (route.by) query.by = route.by;
  if (route.limit !== ownerLimits[0]) query.limit = String(route.limit);
  return query;
}

function withQuery(path: string, query: Record<string, string>): string {
  // A reader should be able to read the address: of what encodeURIComponent hides, these mean nothing in a query.
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(3A|2F|2C|20)/g, (code) => (code === "%20" ? "+" : decodeURIComponent(code)))}`)
    .join("&");
  return text ? `${path}?${text}` : path;
}
