import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import { unitsPerDollar } from "../guards/spending.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import type { EndedCount, MoneyRow, OrderTimes, Period, Rejections } from "../ports/operator-repository.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds, secondsBetween } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { storeUnavailable } from "./needs.ts";
import type { InvalidPeriod, OperatorUnavailable } from "./operator-errors.ts";

/** How long orders took. JSON. */
export interface DurationFigures {
  readonly endpoint: string;
  /** Of trainings, e.g. `fast`. */
  readonly preset?: string | undefined;
  /** How many orders the times are of. */
  readonly count: number;
  /** From placing to the end: half of them took no longer … */
  readonly medianSeconds: number;
  /** … and nine of ten took no longer than this. */
  readonly ninthTenthSeconds: number;
  /** The median of what the provider measured, if it measured. */
  readonly ranMedianSeconds?: number | undefined;
}

/** The orders of a kind that ended in the period. JSON. */
export interface KindFigures {
  readonly kind: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  /** From 0 to 1: of those that succeeded or failed; absent where there are none. */
  readonly successRate?: number | undefined;
  /** Why some failed, the most frequent first. */
  readonly reasons: readonly { readonly reason: FailureReason; readonly count: number }[];
  /** Of the newest 500 that succeeded. */
  readonly durations: readonly DurationFigures[];
}

/** What happened in some days. JSON. */
export interface Statistics {
  /** The first and the last day, in UTC, e.g. `2026-11-30`. */
  readonly from: string;
  readonly to: string;
  /** The kinds of this deployment of which some ended. */
  readonly orders: readonly KindFigures[];
  /** By day; what was spent at the provider is in US dollars. */
  readonly money: readonly MoneyRow[];
  /** Why photos were refused that arrived in these days, the most frequent first; of the newest 10,000. */
  readonly photos: Rejections;
}

export interface ShowStatistics {
  /** The first day, in UTC; absent: six days before the last one. */
  readonly from?: string | undefined;
  /** The last day, included; absent: today. At most 92 days. */
  readonly to?: string | undefined;
}

export type ShowStatisticsError = OperatorUnavailable | InvalidPeriod | StorageFailure;

const mostDays = 92;
const mostTimed = 500;
const mostPhotos = 10_000;
const daySeconds = 86_400;

/** Success, durations, money and refused photos of some days. */
export function showStatistics(
  { store, clock, kinds }: Pick<Ports, "store" | "clock" | "kinds">,
  command: ShowStatistics = {},
): ResultAsync<Statistics, ShowStatisticsError> {
  return safeTry(async function* () {
    if (!store.operator) return err(storeUnavailable);
    const { figures } = store.operator;
    const { to = clock.now().slice(0, 10) } = command;
    const period = yield* periodOf({ to, from: command.from });
    const orders: KindFigures[] = [];
    for (const kind of Object.keys(kinds)) {
      const ended = yield* figures.ended(kind, period);
      if (ended.length === 0) continue;
      orders.push(kindFigures(kind, ended, yield* figures.times(kind, period, mostTimed)));
    }
    const money = yield* figures.money(period);
    const photos = yield* figures.rejections(period, mostPhotos);
    return ok({ from: period.from.slice(0, 10), to, orders, money: money.map(inDollars), photos });
  });
}

const midnight = (day: string): string => `${day}T00:00:00.000Z`;

function periodOf({
  from,
  to,
}: {
  readonly from: string | undefined;
  readonly to: string;
}): Result<Period, InvalidPeriod> {
  const wrong = [from ?? to, to].find((day) => !isDay(day));
  if (wrong !== undefined) return err({ type: "invalid-period", detail: "a day is written like 2026-11-30" });
  const end = addSeconds(midnight(to), daySeconds);
  const start = from === undefined ? addSeconds(end, -7 * daySeconds) : midnight(from);
  const days = secondsBetween(start, end) / daySeconds;
  if (days < 1) return err({ type: "invalid-period", detail: "the last day is before the first" });
  return days > mostDays
    ? err({ type: "invalid-period", detail: `${mostDays} days at most` })
    : ok({ from: start, to: end });
}

const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && new Date(Date.parse(midnight(day)) || 0).toISOString() === midnight(day);

function kindFigures(kind: string, ended: readonly EndedCount[], timed: readonly OrderTimes[]): KindFigures {
  const countOf = (status: EndedCount["status"]): number =>
    ended.reduce((sum, row) => (row.status === status ? sum + row.count : sum), 0);
  const [succeeded, failed, cancelled] = [countOf("succeeded"), countOf("failed"), countOf("cancelled")];
  const reasons = ended.flatMap(({ reason, count }) => (reason === undefined ? [] : [{ reason, count }]));
  return {
    kind,
    succeeded,
    failed,
    cancelled,
    ...(succeeded + failed > 0 && { successRate: succeeded / (succeeded + failed) }),
    reasons: reasons.toSorted((left, right) => right.count - left.count),
    durations: durationsOf(timed),
  };
}

function durationsOf(orders: readonly OrderTimes[]): DurationFigures[] {
  const groups = new Map<string, OrderTimes[]>();
  for (const order of orders) {
    const key = JSON.stringify([order.endpoint, order.preset]);
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()].map((group) => {
    const took = group.map(({ createdAt, finishedAt }) => secondsBetween(createdAt, finishedAt));
    const ran = group.flatMap(({ ranSeconds }) => ranSeconds ?? []);
    const [first] = group;
    return {
      endpoint: first?.endpoint ?? "",
      count: took.length,
      medianSeconds: quantile(took, 0.5),
      ninthTenthSeconds: quantile(took, 0.9),
      ...withoutUndefined({
        preset: first?.preset,
        ranMedianSeconds: ran.length > 0 ? quantile(ran, 0.5) : undefined,
      }),
    };
  });
}

/** The smallest number that this part of the numbers does not exceed. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

const inDollars = (row: MoneyRow): MoneyRow =>
  row.what === "spent" ? { ...row, amount: row.amount / unitsPerDollar } : row;
