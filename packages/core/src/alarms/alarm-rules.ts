import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { dayOf, unitsPerDollar } from "../guards/spending.ts";
import { listNeed, type Need, type NeedPorts } from "../operator/needs.ts";
import type { OperatorPage } from "../operator/cursor.ts";
import type { Sighting } from "../ports/alarm-repository.ts";
import type { OperatorRepository } from "../ports/operator-repository.ts";
import type { Ports } from "../ports/ports.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { AlarmCause, AlarmFacts, OverdueRow } from "./alarm.ts";

export type AlarmRulePorts = NeedPorts & Pick<Ports, "guards">;

interface Look extends AlarmRulePorts {
  readonly operator: OperatorRepository;
  readonly at: Timestamp;
}

interface AlarmRule<Cause extends AlarmCause> {
  /** The facts if there is a reason for the alarm now. */
  look(ports: Look): ResultAsync<AlarmFacts[Cause] | undefined, { readonly type: string }>;
  text(facts: AlarmFacts[Cause]): string;
  /** The list of `inspect` that tells the same, row by row. */
  readonly need?: Need | undefined;
}

/** How long something may wait before a person should know. */
const waitSeconds = 900;

/** How long a refused account counts without another call: nobody may have ordered anything since. */
const refusalSeconds = 86_400;

/** The part of the cap at which people still can do something. */
const nearCap = 0.8;

/** Every alarm there is. The queries are those of `inspect` and of the sweeper, which use indexes of what waits. */
export const alarmRules: { readonly [Cause in AlarmCause]: AlarmRule<Cause> } = {
  "orders-unknown": {
    need: "unknown",
    look: (ports) => inNeed(ports, "unknown"),
    text: (facts) =>
      `${count(facts, "order is", "orders are")} not confirmed by the provider for a quarter of an hour.`,
  },
  "work-overdue": {
    look: lookForOverdue,
    text: ({ of }) => `Work has waited for more than a quarter of an hour: ${of.join(", ")}. Do jobs run?`,
  },
  "webhooks-refused": {
    look: ({ operator, at }) =>
      newest(operator, "webhook-refused", addSeconds(at, -waitSeconds)).map((seen) => seen && { lastAt: seen.seenAt }),
    text: () =>
      "Webhooks with a wrong signature are refused. Is the provider's account id right, and the clock? Polling goes on.",
  },
  "webhooks-unverified": {
    look: ({ store, at }) =>
      store.inbox.unsettledBefore(addSeconds(at, -waitSeconds), mostDeliveries).map((waiting) => {
        const unverified = waiting.filter(({ verified }) => !verified).length;
        const more = unverified === mostDeliveries && { more: true as const };
        return unverified === 0 ? undefined : { count: unverified, ...more };
      }),
    text: (facts) =>
      `${count(facts, "webhook waits", "webhooks wait")} to be verified: the provider's keys are out of reach, or its account is not known yet (npm run account).`,
  },
  "messages-dead": {
    need: "messages",
    look: (ports) => inNeed(ports, "messages"),
    text: (facts) =>
      `${count(facts, "message to people could not be sent and was", "messages to people could not be sent and were")} given up.`,
  },
  "jobs-dead": {
    need: "jobs",
    look: (ports) => inNeed(ports, "jobs"),
    text: (facts) => `${count(facts, "job was", "jobs were")} given up.`,
  },
  "provider-refuses": {
    look: ({ operator, at }) =>
      newest(operator, "provider-refused", addSeconds(at, -refusalSeconds)).map(
        (seen) => seen && { call: seen.subject, status: seen.status ?? 0, lastAt: seen.seenAt },
      ),
    text: ({ call, status }) =>
      `The provider refuses our account (${call}: HTTP ${status}). Look at its key and balance.`,
  },
  "spending-near-cap": {
    look: lookAtSpending,
    text: ({ spent, cap }) => `$${spent.toFixed(2)} of the $${cap.toFixed(2)} of today (UTC) are spent.`,
  },
};

export const alarmCauses = Object.keys(alarmRules) as readonly AlarmCause[];

const count = ({ count: number, more }: { count: number; more?: true | undefined }, one: string, several: string) =>
  `${more ? "At least " : ""}${number} ${number === 1 ? one : several}`;

/** As many as `inspect` shows. */
const inNeed = (ports: Look, need: Need): ResultAsync<AlarmFacts["jobs-dead"] | undefined, { readonly type: string }> =>
  listNeed(ports, { need }).map(({ items, next }: OperatorPage<unknown>) =>
    items.length === 0 ? undefined : { count: items.length, ...(next !== undefined && { more: true as const }) },
  );

/** The newest sighting of a kind that is not cleared. */
const newest = (operator: OperatorRepository, what: Sighting["what"], since: Timestamp) =>
  (operator.alarms?.sightings() ?? okAsync([])).map(
    (all) =>
      all
        .filter((seen) => seen.what === what && seen.clearedAt === undefined && seen.seenAt >= since)
        .toSorted((left, right) => (left.seenAt < right.seenAt ? 1 : -1))[0],
  );

/** Deliveries that are read at once, because they have bodies. */
const mostDeliveries = 20;

function lookForOverdue({ store, at }: Look) {
  const before = addSeconds(at, -waitSeconds);
  return safeTry(async function* () {
    // One that is not verified waits for keys or the account, and not for a job.
    const deliveries = yield* store.inbox.unsettledBefore(before, mostDeliveries);
    const overdue = {
      order: (yield* store.orders.dueBefore(before, 1)).length > 0,
      delivery: deliveries.some(({ verified }) => verified),
      message: (yield* store.outbox.dueBefore(before, 1)).length > 0,
      photo: (yield* store.photos.pendingBefore(before, 1)).length > 0,
      erasure: (yield* store.erasures.dueBefore(before, 1)).length > 0,
    } as const satisfies Record<OverdueRow, boolean>;
    const of = (Object.keys(overdue) as (keyof typeof overdue)[]).filter((each) => overdue[each]);
    return ok(of.length > 0 ? { of } : undefined);
  });
}

function lookAtSpending({ store, guards, at }: Look) {
  const cap = guards?.dailySpendCap;
  // A cap of 0 is a way to order nothing at all.
  if (!cap) return okAsync(undefined);
  return store.guards.spentOn(dayOf(at)).map((units) => {
    const spent = units / unitsPerDollar;
    return spent >= nearCap * cap ? { spent, cap } : undefined;
  });
}
