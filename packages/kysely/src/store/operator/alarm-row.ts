import type { AlarmCause, AlarmFacts, AlarmRow as Alarm, Sighting, Timestamp, Told } from "@likeness/core";
import { fromJson, notNull, toJson, withoutNulls, type JsonText } from "../columns.ts";

export interface AlarmRow {
  readonly cause: AlarmCause;
  readonly version: number;
  readonly status: "on" | "over";
  readonly since: Timestamp;
  /** Of one that is over: since when it is. */
  readonly calm_since: Timestamp | null;
  readonly facts: JsonText<AlarmFacts[AlarmCause]>;
  readonly calm_seconds: number;
  readonly told: JsonText<Readonly<Record<string, Told>>>;
}

export interface SightingRow {
  readonly what: Sighting["what"];
  readonly subject: string;
  readonly seen_at: Timestamp;
  readonly http_status: number | null;
  readonly cleared_at: Timestamp | null;
}

/** The row of the alarm's next version. */
export const alarmRow = ({ cause, version, state, facts, calmSeconds, told }: Alarm): AlarmRow => ({
  cause,
  version: version + 1,
  status: state.status,
  since: state.since,
  calm_since: (state.status === "on" ? state.calmSince : state.until) ?? null,
  facts: toJson(facts),
  calm_seconds: calmSeconds,
  told: toJson(told),
});

export const alarmOf = ({ status, since, calm_since, ...row }: AlarmRow): Alarm => ({
  cause: row.cause,
  version: row.version,
  state:
    status === "on"
      ? { status, since, ...withoutNulls({ calmSince: calm_since }) }
      : { status, since, until: notNull(calm_since) },
  facts: fromJson(row.facts),
  calmSeconds: row.calm_seconds,
  told: fromJson(row.told),
});

export const sightingRow = ({ what, subject, seenAt, status, clearedAt }: Sighting): SightingRow => ({
  what,
  subject,
  seen_at: seenAt,
  http_status: status ?? null,
  cleared_at: clearedAt ?? null,
});

export const sightingOf = (row: SightingRow): Sighting => ({
  what: row.what,
  subject: row.subject,
  seenAt: row.seen_at,
  ...withoutNulls({ status: row.http_status, clearedAt: row.cleared_at }),
});
