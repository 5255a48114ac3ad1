import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { AlarmCause, AlarmFacts, AlarmRow } from "./alarm.ts";

/** How much longer the calm may get, as a multiple of the usual one. */
const longestCalm = 16;

/** An alarm that comes back within this time is the same trouble. */
const comesBackSeconds = 86_400;

interface Seen<Cause extends AlarmCause> {
  readonly cause: Cause;
  /** Absent: there is no reason for the alarm. */
  readonly facts: AlarmFacts[Cause] | undefined;
  readonly at: Timestamp;
  /** The usual calm. */
  readonly calmSeconds: number;
}

/**
 * What becomes of an alarm; the same row: nothing changes. It begins at once, and is over when its cause has been gone for
 * the calm without a break. Until then it stays the same alarm, with the facts that were seen last. The calm doubles each
 * time that it comes back within a day, so that one that comes and goes is told a few times a day and no more.
 */
export function advanceAlarm<Cause extends AlarmCause>(
  row: AlarmRow<Cause> | undefined,
  { cause, facts, at, calmSeconds: usual }: Seen<Cause>,
): AlarmRow<Cause> | undefined {
  if (!row) {
    if (facts === undefined) return undefined;
    return { cause, version: 0, state: { status: "on", since: at }, facts, calmSeconds: usual, told: {} };
  }
  const { state } = row;
  if (state.status === "over") {
    if (facts === undefined) return row;
    const isBack = at < addSeconds(state.until, comesBackSeconds);
    const calmSeconds = isBack ? Math.min(2 * row.calmSeconds, longestCalm * usual) : usual;
    return { ...row, state: { status: "on", since: at }, facts, calmSeconds };
  }
  const { since, calmSince } = state;
  if (facts !== undefined)
    return calmSince === undefined && isSame(row.facts, facts)
      ? row
      : { ...row, state: { status: "on", since }, facts };
  if (calmSince === undefined) return { ...row, state: { ...state, calmSince: at } };
  return at < addSeconds(calmSince, row.calmSeconds)
    ? row
    : { ...row, state: { status: "over", since, until: calmSince } };
}

/** Facts are JSON, and each cause writes its own in one order. */
const isSame = (stored: unknown, seen: unknown): boolean => JSON.stringify(stored) === JSON.stringify(seen);
