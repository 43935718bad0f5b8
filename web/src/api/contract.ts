// What the server says, as /api/v1/openapi.json describes it. null is unknown, never 0.

export interface Text {
  en: string;
  zh: string;
}

export type Level = "ok" | "notice" | "warning" | "critical";

export interface StateInfo {
  name: string;
  linux: string;
  rfc: string;
  chinese: string;
  group: string;
  colour: string;
  meaning: Text;
}

export interface SeriesInfo {
  id: string;
  name: Text;
  description: Text;
  unit: string;
  is_rate: boolean;
}

export interface FilterKey {
  name: string;
  example: string;
  description: Text;
  values: string[] | null;
}

export interface Catalogue {
  version: string;
  /** Whether a token is required: then one can log out. */
  has_login: boolean;
  states: StateInfo[];
  series: SeriesInfo[];
  machine: { title: Text; left_out: Text };
  filter_keys: FilterKey[];
  sort_keys: string[];
  group_keys: { name: string; label: Text }[];
  limits: { connections: number; points: number };
}

export interface StateCount {
  total: number;
  ipv4: number;
  ipv6: number;
  v4mapped: number;
}

export interface Gauge {
  id: string;
  label: Text;
  used: number | null;
  limit: number | null;
  percent: number | null;
  unit: string;
  level: Level;
  detail: Text | null;
}

export interface Port {
  port: number;
  scope: string;
  family: string;
  listeners: number;
  accept_queue: number | null;
  accept_limit: number | null;
  accept_percent: number | null;
  half_open_limit: number | null;
  half_open_percent: number | null;
  states: Record<string, number>;
}

/** The local ports that one source address, remote address and remote port take. */
export interface Destination {
  source: string;
  destination: string;
  used: number;
  time_wait: number;
  /** Of `time_wait`, those that a new connection may take over. */
  time_wait_reusable: number;
  syn_sent: number;
  unanswered: number;
  capacity: number | null;
  /** The services with the most connections to it, the largest first; empty when nobody is known. */
  owners: Caller[];
}

/** Who connects to a destination: a service, by one of its processes. */
export interface Caller {
  service: string;
  kind: "container" | "unit" | "process";
  process: string | null;
  command: string | null;
  /** The word that narrows a filter to the service. */
  filter: string;
}

export interface OtherNamespace {
  netns: string;
  id: number | string | null;
  error: Text | null;
  states: Record<string, number | null> | null;
}

export interface Report {
  number: number;
  run: string;
  time: string;
  uptime_seconds: number;
  version: string;
  host: string;
  kernel: string;
  netns: string;
  source: string | null;
  source_reason: Text | null;
  duration_ms: number | null;
  completeness: "complete" | "interrupted" | "truncated" | "partial" | null;
  completeness_reason: Text | null;
  failure: Text | null;
  verdict: { level: Level; sentence: Text; detail: Text | null };
  pace: {
    wanted_seconds: number;
    interval_seconds: number;
    budget_percent: number;
    used_percent: number;
    cost_ms: number;
    missed: number;
    reason: Text | null;
  };
  visibility: { can: boolean; what: Text; needs: Text | null }[];
  states: Record<string, StateCount | null> | null;
  close_reason: Text | null;
  oldest_seconds: Record<string, number | null>;
  values: Record<string, number | null> | null;
  gauges: Gauge[] | null;
  ports: Port[] | null;
  ports_left_off: number | null;
  destinations: Destination[] | null;
  destinations_left_off: number | null;
  destinations_unowned: Text | null;
  limits: Record<string, number | null> | null;
  namespaces: OtherNamespace[];
  history: { is_kept: boolean; path: string | null; bytes: number | null; oldest: string | null; lost: number; trouble: Text | null };
}

export interface Finding {
  rule: string;
  severity: Level;
  worst: Level;
  opened: string;
  closed: string | null;
  subject: { kind: string; key: string; name: Text; owner: string | null };
  sentence: Text;
  evidence: { name: string; label: Text; value: number; unit: string }[];
  confidence: "low" | "medium" | "high";
  ruled_out: Text[];
  cause: Text;
  advice: Text;
  remedies: { command: string; tells: Text }[];
  source: string;
}

export interface Check {
  rule: string;
  what: Text;
  result: "fine" | "found" | "unknown";
  told: Text;
}

export interface Findings {
  number: number;
  time: string;
  open: Finding[];
  closed: Finding[];
  checks: Check[];
}

export interface Annotation {
  time: string;
  kind: string;
  text: Text;
}

export interface Band {
  min: (number | null)[];
  avg: (number | null)[];
  max: (number | null)[];
}

export interface History {
  from: string;
  to: string;
  step_seconds: number;
  times: number[];
  series: Record<string, Band>;
  annotations: Annotation[];
  trouble: Text | null;
}

export interface Explanation {
  state: string;
  what_it_is: Text;
  entered: Text;
  left: Text;
  peer: Text;
  lasts: Text;
  many_mean: Text;
  many_do_not_mean: Text;
  look_next: { command: string; why: Text }[];
  often_said: { said: Text; truth: Text }[];
  sources: string[];
}

/** Who holds a connection; `service` is the closest name that there is. */
export interface Owner {
  service: string;
  process: string | null;
  pid: number | null;
  command: string | null;
  certainty: Certainty;
}

export type Connection = Record<string, string | number | boolean | null | object> & { owner?: Owner | null };

export interface Connections {
  filter: string;
  matched: number;
  shown: number;
  connections: Connection[];
  completeness: string;
  completeness_reason: Text | null;
  duration_ms: number;
}

/** How sure it is that an owner is the owner. */
export type Certainty = "held" | "listener" | "remembered" | "cgroup" | "mixed";

export interface Group {
  key: string;
  /** The word that narrows a filter to the group; null when there is none. */
  filter: string | null;
  total: number;
  states: Record<string, number>;
  /** These three are told of owners alone. */
  detail?: string | null;
  certainty?: Certainty | null;
  /** null of a state: nobody watched. */
  oldest_seconds?: Record<string, number | null> | null;
}

export interface Groups {
  by: string;
  matched: number;
  groups: Group[];
  /** Sockets without a known owner, and which permission would change that. */
  unknown?: { total: number; reason: Text | null } | null;
  other: { groups: number; total: number; is_at_least: boolean } | null;
  completeness: string;
  completeness_reason: Text | null;
  duration_ms: number;
}
