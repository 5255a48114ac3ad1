import type { KindFigures, MoneyRow, Statistics } from "@likeness/core";
import { duration } from "../age.ts";
import { sum } from "../sum.ts";
import { lines, table, title, type Block } from "./block.ts";

/** What happened in some days. */
export const showStatistics = ({ from, to, orders, money, photos }: Statistics): Block[] => [
  title(`From ${from} to ${to}, in UTC`),
  ...section(
    "Orders that ended",
    ["kind", "succeeded", "failed", "cancelled", "success", "why they failed"],
    orders.map(orderRow),
    "No orders ended.",
  ),
  ...section(
    "How long they took",
    ["kind", "endpoint", "preset", "orders", "half within", "nine of ten within", "half ran"],
    orders.flatMap(({ kind, durations }) =>
      durations.map(({ endpoint, preset = "", count, medianSeconds, ninthTenthSeconds, ranMedianSeconds }) => [
        kind,
        endpoint,
        preset,
        String(count),
        duration(medianSeconds),
        duration(ninthTenthSeconds),
        ranMedianSeconds === undefined ? "" : duration(ranMedianSeconds),
      ]),
    ),
  ),
  ...section(
    "Money and credits",
    ["day", "what", "sum", "count"],
    money.map((row) => [row.day, row.what, moneyOf(row), row.what === "spent" ? "" : String(row.count)]),
  ),
  ...section(
    "Photos that were refused",
    ["why", "photos"],
    photos.codes.map(({ code, count }) => [code, String(count)]),
  ),
  ...(photos.more ? [lines("There were more photos: only the newest were counted.")] : []),
];

const orderRow = ({ kind, succeeded, failed, cancelled, successRate, reasons }: KindFigures): string[] => [
  kind,
  String(succeeded),
  String(failed),
  String(cancelled),
  successRate === undefined ? "" : `${(100 * successRate).toFixed(1)} %`,
  reasons.map(({ reason, count }) => `${reason} ${count}`).join(", "),
];

/** What was spent is in dollars already; all else is in the smallest unit. */
const moneyOf = ({ what, amount, unit }: MoneyRow): string =>
  what === "spent" ? `${amount.toFixed(2)} ${unit}` : sum(amount, unit);

const section = (
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  none?: string,
): Block[] => {
  if (rows.length > 0) return [title(heading), table(columns, rows)];
  return none === undefined ? [] : [lines(none)];
};
