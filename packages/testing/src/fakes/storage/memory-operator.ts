import {
  activeStatuses,
  isStored,
  isTraining,
  outcomeIn,
  type Ages,
  type AgeLimits,
  type AuditSubject,
  type Avatar,
  type EndedCount,
  type InboxOutcome,
  type OperatorRepository,
  type Order,
  type OrderNeed,
  type OrderTimes,
  type Period,
  type PhotoRejectionCode,
  type RowCount,
  type RowPage,
  type Timestamp,
} from "@likeness/core";
import { ok } from "neverthrow";
import { memoryAlarms } from "./memory-alarms.ts";
import type { RunStep } from "./memory-database.ts";
import { rowsBy } from "./rows.ts";
import type { Tables } from "./tables.ts";

/** What operators ask of a memory store. It has no ledger, so it tells nothing about credits. */
export const memoryOperator = (run: RunStep): OperatorRepository => ({
  rows: {
    underWay: (limits) => run((tables) => ok(countsOf(waitingRows(tables), limits))),
    orders: (need, page) =>
      run((tables) =>
        ok(
          pageBy(
            [...tables.orders.values()].filter((order) => needs[need](tables, order)),
            page,
            need === "unknown" ? postedAt : endedAt,
          ),
        ),
      ),
    deliveries: (page) =>
      run(({ inbox, dismissed }) => {
        const found = [...inbox.values()].filter(
          ({ id, outcome }) => outcome && idle.includes(outcome) && !dismissed.has(keyOf({ type: "delivery", id })),
        );
        return ok(pageBy(found, page, ({ settledAt = "" }) => settledAt).map(withoutBody));
      }),
    messages: (page) =>
      run(({ outbox, dismissed }) => {
        const found = [...outbox.values()].filter(
          ({ id, state }) =>
            state.status === "dead" && state.detail !== "overtaken" && !dismissed.has(keyOf({ type: "message", id })),
        );
        return ok(pageBy(found, page, ({ createdAt }) => createdAt));
      }),
    about: (orderId, limit) =>
      run(({ inbox, outbox }) =>
        ok({
          deliveries: rowsBy(
            inbox,
            (delivery) => delivery.orderId === orderId,
            ({ receivedAt, id }) => receivedAt + id,
          )
            .slice(0, limit)
            .map(withoutBody),
          messages: rowsBy(
            outbox,
            (message) => message.orderId === orderId,
            ({ createdAt, id }) => createdAt + id,
          ).slice(0, limit),
          entries: [],
        }),
      ),
  },
  figures: {
    ended: (kind, period) =>
      run(({ orders }) => {
        const counts = new Map<string, EndedCount>();
        for (const order of orders.values()) {
          const end = endOf(order);
          if (order.kind !== kind || !end || !isWithin(endedAt(order), period)) continue;
          const key = JSON.stringify(end);
          counts.set(key, { ...end, count: (counts.get(key)?.count ?? 0) + 1 });
        }
        return ok([...counts.values()]);
      }),
    times: (kind, period, limit) =>
      run(({ orders }) => {
        const found = [...orders.values()].filter(
          (order) => order.kind === kind && order.state.status === "succeeded" && isWithin(endedAt(order), period),
        );
        return ok(pageBy(found, { limit }, endedAt).flatMap(timesOf));
      }),
    money: ({ from, to }) =>
      run(({ spending }) =>
        ok(
          [...spending]
            .filter(([day]) => day >= from.slice(0, 10) && day < to.slice(0, 10))
            .toSorted(([left], [right]) => (left < right ? -1 : 1))
            .map(([day, amount]) => ({ day, what: "spent", unit: "USD", amount, count: 0 }) as const),
        ),
      ),
    rejections: (period, limit) =>
      run(({ photos }) => {
        const refused = [...photos.values()].filter(
          ({ state, createdAt }) => state.status === "rejected" && isWithin(createdAt, period),
        );
        const counts = new Map<PhotoRejectionCode, number>();
        for (const { state } of pageBy(refused, { limit }, ({ createdAt }) => createdAt))
          if (state.status === "rejected")
            counts.set(state.rejection.code, (counts.get(state.rejection.code) ?? 0) + 1);
        const codes = [...counts].map(([code, count]) => ({ code, count }));
        return ok({
          codes: codes.toSorted((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1)),
          more: refused.length > limit,
        });
      }),
  },
  audit: {
    note: (entry) =>
      run(({ audit }) => {
        audit.set(entry.id, entry);
        return ok(undefined);
      }),
    noteOutcome: (id, { outcome, at }) =>
      run(({ audit }) => {
        const entry = audit.get(id);
        if (entry && entry.outcome === undefined) audit.set(id, { ...entry, outcome, endedAt: at });
        return ok(undefined);
      }),
    list: ({ subject }, page) =>
      run(({ audit }) => {
        const found = [...audit.values()].filter((entry) => !subject || keyOf(entry.subject) === keyOf(subject));
        return ok(pageBy(found, page, ({ at }) => at));
      }),
    dismiss: (subject, at) =>
      run(({ dismissed }) => {
        dismissed.set(keyOf(subject), at);
        return ok(undefined);
      }),
    restore: (subject) =>
      run(({ dismissed }) => {
        dismissed.delete(keyOf(subject));
        return ok(undefined);
      }),
  },
  alarms: memoryAlarms(run),
});

const keyOf = ({ type, id }: AuditSubject): string => `${type} ${id}`;

const withoutBody = <Row extends object>(row: Row) => ({ ...row, headers: {}, body: new Uint8Array() });

/** The outcomes of deliveries that came to nothing. */
const idle: readonly InboxOutcome[] = ["foreign", "unknown_order", "malformed", "given_up"];

const postedAt = ({ state, createdAt }: Order): Timestamp =>
  "submitStartedAt" in state ? state.submitStartedAt : createdAt;

const endedAt = ({ state }: Order): Timestamp => ("finishedAt" in state ? state.finishedAt : "");

const isWithin = (at: Timestamp, { from, to }: Period): boolean => at >= from && at < to;

/** Rows sorted by a time and then their id, newest first. */
const pageBy = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  { limit, after }: RowPage,
  timeOf: (row: Row) => Timestamp,
): Row[] => {
  const isOlder = (row: Row): boolean =>
    !after || timeOf(row) < after.at || (timeOf(row) === after.at && row.id < after.id);
  const place = (row: Row): string => `${timeOf(row)} ${row.id}`;
  return rows
    .filter(isOlder)
    .toSorted((left, right) => (place(left) < place(right) ? 1 : -1))
    .slice(0, limit);
};

const needs: Readonly<Record<OrderNeed, (tables: Tables, order: Order) => boolean>> = {
  unknown: (_, { state }) => state.status === "unknown",
  late: (tables, order) => {
    const avatar = tables.avatars.get(order.avatarId);
    return (
      isUnhandled(tables, order) &&
      "lateOutcome" in order.state &&
      order.state.lateOutcome !== undefined &&
      (isStored(order.state.lateOutcome) || order.nextCheckAt !== undefined) &&
      avatar !== undefined &&
      !isServed(tables, avatar, order)
    );
  },
  uncopied: (tables, order) => {
    const outcome = outcomeIn(order.state);
    return isUnhandled(tables, order) && outcome !== undefined && !isStored(outcome) && order.nextCheckAt === undefined;
  },
};

const isUnhandled = ({ dismissed }: Tables, order: Order): boolean =>
  isTraining(order) && !dismissed.has(keyOf({ type: "order", id: order.id }));

/** Whether the avatar is ready with the training, or with one that was placed later. */
function isServed({ orders }: Tables, { state }: Avatar, training: Order): boolean {
  if (state.status !== "ready") return false;
  const serving = orders.get(state.trainingId);
  return serving !== undefined && (serving.id === training.id || serving.createdAt > training.createdAt);
}

function endOf({ state }: Order): Omit<EndedCount, "count"> | undefined {
  switch (state.status) {
    case "succeeded":
    case "cancelled":
      return { status: state.status };
    case "failed":
      return { status: state.status, reason: state.reason };
    default:
      return undefined;
  }
}

function timesOf(order: Order): OrderTimes[] {
  const { snapshot, createdAt, state } = order;
  if (state.status !== "succeeded") return [];
  const { finishedAt, ranSeconds } = state;
  const preset = isTraining(order) && { preset: order.snapshot.preset };
  return [
    { endpoint: snapshot.endpoint, ...preset, createdAt, finishedAt, ...(ranSeconds !== undefined && { ranSeconds }) },
  ];
}

/** A row that waits for something. */
export interface WaitingRow {
  readonly of: RowCount["of"];
  readonly kind: string;
  readonly status: string;
  readonly at: Timestamp;
}

const waitingRows = ({ orders, inbox, outbox, photos, erasures }: Tables): WaitingRow[] => [
  ...[...orders.values()].flatMap(({ kind, state: { status }, createdAt: at }) =>
    activeStatuses.some((active) => active === status) ? [{ of: "order", kind, status, at } as const] : [],
  ),
  ...[...inbox.values()].flatMap(({ source, outcome, verified, receivedAt: at }) =>
    outcome ? [] : [{ of: "delivery", kind: source, status: verified ? "verified" : "unverified", at } as const],
  ),
  ...[...outbox.values()].flatMap(({ state, createdAt: at }) =>
    state.status === "pending" ||
    state.status === "sending" ||
    (state.status === "dead" && state.detail !== "overtaken")
      ? [{ of: "message", kind: "message", status: state.status, at } as const]
      : [],
  ),
  ...[...photos.values()].flatMap(({ state: { status }, createdAt: at }) =>
    status === "pending" ? [{ of: "photo", kind: "photo", status, at } as const] : [],
  ),
  ...[...erasures.values()].flatMap(({ state: { status }, requestedAt: at }) =>
    status === "under-way" ? [{ of: "erasure", kind: "erasure", status, at } as const] : [],
  ),
];

/** Rows counted by kind, status and age, in the order of their kinds and statuses. */
export function countsOf(rows: readonly WaitingRow[], limits: AgeLimits): RowCount[] {
  const counts = new Map<string, RowCount>();
  for (const { of, kind, status, at } of rows) {
    const key = JSON.stringify([of, kind, status]);
    const { count, ages, oldestAt } = counts.get(key) ?? { count: 0, ages: noAges, oldestAt: at };
    const age = ageOf(at, limits);
    counts.set(key, {
      of,
      kind,
      status,
      count: count + 1,
      ages: { ...ages, [age]: ages[age] + 1 },
      oldestAt: at < oldestAt ? at : oldestAt,
    });
  }
  return [...counts.values()];
}

const noAges: Ages = { quarter: 0, hour: 0, day: 0, older: 0 };

function ageOf(at: Timestamp, { quarter, hour, day }: AgeLimits): keyof Ages {
  if (at >= quarter) return "quarter";
  if (at >= hour) return "hour";
  return at >= day ? "day" : "older";
}
