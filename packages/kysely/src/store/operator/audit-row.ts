import type { AuditEntry, AuditSubject, OperatorAction, Timestamp } from "@likeness/core";
import { withoutNulls } from "../columns.ts";

export interface AuditRow {
  readonly id: string;
  readonly operator: string;
  readonly action: OperatorAction;
  readonly subject_type: AuditSubject["type"];
  readonly subject_id: string;
  readonly at: Timestamp;
  readonly outcome: string | null;
  readonly ended_at: Timestamp | null;
}

/** What is not listed among what needs a person. */
export interface DismissalRow {
  readonly subject_type: AuditSubject["type"];
  readonly subject_id: string;
  readonly at: Timestamp;
}

export const auditRow = ({ subject, ...entry }: AuditEntry): AuditRow => ({
  id: entry.id,
  operator: entry.operator,
  action: entry.action,
  subject_type: subject.type,
  subject_id: subject.id,
  at: entry.at,
  outcome: entry.outcome ?? null,
  ended_at: entry.endedAt ?? null,
});

export const auditOf = (row: AuditRow): AuditEntry => ({
  id: row.id,
  operator: row.operator,
  action: row.action,
  subject: { type: row.subject_type, id: row.subject_id },
  at: row.at,
  ...withoutNulls({ outcome: row.outcome, endedAt: row.ended_at }),
});
