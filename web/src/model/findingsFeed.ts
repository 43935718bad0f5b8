import { ask, type Trouble } from "../api/client";
import type { Finding, Findings } from "../api/contract";
import type { Live } from "../api/live";
import { Signal } from "../signal";

/** Numbers in a finding move with every report; nobody reads faster than this. */
const shortestPause = 2000;

/** The findings as they are now, asked for as reports come. */
export class FindingsFeed {
  /** null before the first answer. */
  readonly findings = new Signal<Findings | null>(null);
  /** Why the last question had no answer; null when it had. */
  readonly trouble = new Signal<Trouble | null>(null);
  private readonly loading = new AbortController();
  private readonly leaveReport: () => void;
  private asked = 0;
  private isAsking = false;

  constructor(live: Live) {
    this.leaveReport = live.report.follow((report) => {
      if (report !== null && Date.now() - this.asked >= shortestPause) void this.load();
    });
  }

  async load(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.asked = Date.now();
    const answer = await ask<Findings>("/api/v1/findings", this.loading.signal);
    this.isAsking = false;
    if (this.loading.signal.aborted) return;
    const trouble = answer.ok ? null : answer.trouble;
    // The same again is no news to who has it read aloud.
    if (JSON.stringify(trouble) !== JSON.stringify(this.trouble.value)) this.trouble.set(trouble);
    if (answer.ok) this.findings.set(answer.value);
  }

  leave(): void {
    this.leaveReport();
    this.loading.abort();
  }
}

/** The open findings of one kind of subject, by the subject's key. */
export function openOf(findings: Findings | null, kind: string): ReadonlyMap<string, Finding[]> {
  const byKey = new Map<string, Finding[]>();
  for (const finding of findings?.open ?? []) {
    if (finding.subject.kind !== kind) continue;
    const before = byKey.get(finding.subject.key);
    if (before) before.push(finding);
    else byKey.set(finding.subject.key, [finding]);
  }
  return byKey;
}
