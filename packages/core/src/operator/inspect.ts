import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { standingAlarms } from "../alarms/standing-alarms.ts";
import type { Alarm } from "../alarms/alarm.ts";
import type { RowCount } from "../ports/operator-repository.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { OperatorPage, PageCommand } from "./cursor.ts";
import {
  listNeed,
  needNames,
  storeUnavailable,
  type ListNeedError,
  type Need,
  type NeedPorts,
  type Needs,
} from "./needs.ts";

/** What an operator looks at first. JSON. */
export interface Inspection {
  readonly at: Timestamp;
  /** Whether an alarm stands, or some list below is not empty. */
  readonly needsPerson: boolean;
  /** Alarms that have begun and whose cause is still there, of what no list below tells. */
  readonly alarms: readonly Alarm[];
  /** What waits for something, by kind, status and age. What has ended is in `statistics`. */
  readonly counts: readonly RowCount[];
  /** What needs a person: the newest of each, and a cursor where there are more. */
  readonly needs: { readonly [Name in Need]: OperatorPage<Needs[Name]> };
}

export type Inspect = Pick<PageCommand, "limit">;

export type InspectError = Exclude<ListNeedError, { readonly type: "invalid-cursor" }>;

/** Counts what waits, and lists what needs a person. */
export function inspect(ports: NeedPorts, { limit }: Inspect = {}): ResultAsync<Inspection, InspectError> {
  const { store, queue, clock } = ports;
  return safeTry(async function* () {
    if (!store.operator) return err(storeUnavailable);
    const at = clock.now();
    const limits = { quarter: addSeconds(at, -900), hour: addSeconds(at, -3_600), day: addSeconds(at, -86_400) };
    const rows = yield* store.operator.rows.underWay(limits);
    const jobs = yield* queue.records?.count(limits) ?? okAsync([]);
    const needs: Partial<Record<Need, OperatorPage<unknown>>> = {};
    for (const need of needNames) {
      const listed = await listNeed(ports, { need, limit });
      // Without a cursor there is no wrong one.
      if (listed.isErr()) return err(listed.error as InspectError);
      needs[need] = listed.value;
    }
    const pages = needs as Inspection["needs"];
    const alarms = yield* standingAlarms(store.operator);
    const needsPerson = alarms.length > 0 || needNames.some((need) => pages[need].items.length > 0);
    return ok({ at, needsPerson, alarms, counts: [...rows, ...jobs], needs: pages });
  });
}
