import type { Finding, Findings, Level, Text } from "../api/contract";

export const hour = 3_600_000;
const shownAtMost = 20;
/** A finding of a few seconds can still be seen. */
const thinnest = 0.006;

export interface Piece {
  /** Shares of the hour, 0 to 1. */
  from: number;
  width: number;
  level: Level;
  opened: number;
  closed: number;
  isOpen: boolean;
}

export interface Row {
  rule: string;
  subject: Text;
  sentence: Text;
  pieces: Piece[];
}

/** The findings of the last hour, those of one rule and subject in one row, the latest first. */
export function bars(findings: Findings, now: number): Row[] {
  const rows = new Map<string, Row & { last: number }>();
  for (const finding of [...findings.open, ...findings.closed]) {
    const piece = pieceOf(finding, now);
    if (piece === null) continue;
    const key = `${finding.rule} ${finding.subject.kind} ${finding.subject.key}`;
    const row = rows.get(key) ?? { rule: finding.rule, subject: finding.subject.name, sentence: finding.sentence, pieces: [], last: 0 };
    row.pieces.push(piece);
    row.last = Math.max(row.last, piece.closed);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.last - a.last).slice(0, shownAtMost);
}

function pieceOf(finding: Finding, now: number): Piece | null {
  const opened = Date.parse(finding.opened);
  const closed = finding.closed === null ? now : Date.parse(finding.closed);
  const begin = now - hour;
  if (closed < begin) return null;
  const from = Math.max(0, (opened - begin) / hour);
  const width = Math.max(thinnest, (closed - Math.max(opened, begin)) / hour);
  return { from: Math.min(from, 1 - thinnest), width: Math.min(width, 1 - Math.min(from, 1 - thinnest)), level: finding.worst, opened, closed, isOpen: finding.closed === null };
}
