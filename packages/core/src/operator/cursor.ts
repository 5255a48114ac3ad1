import { err, ok, type Result } from "neverthrow";
import type { RowPage, RowPlace } from "../ports/operator-repository.ts";
import type { InvalidCursor } from "./operator-errors.ts";

/** A part of a list. */
export interface OperatorPage<Item> {
  readonly items: readonly Item[];
  /** Pass it as `after` for what follows; absent: there is no more. Opaque. */
  readonly next?: string | undefined;
}

/** Which part of a list is wanted. */
export interface PageCommand {
  /** 1 to 100, default 20. */
  readonly limit?: number | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

const usualLimit = 20;
const largestLimit = 100;

const limitOf = (limit = usualLimit): number => Math.min(largestLimit, Math.max(1, Math.trunc(limit) || usualLimit));

const isPlace = /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)? .{1,1000}$/su;

/** One row more than wanted is asked for, which tells whether there are more. */
export function pageOf({ limit, after }: PageCommand): Result<RowPage & { readonly wanted: number }, InvalidCursor> {
  const wanted = limitOf(limit);
  if (after === undefined) return ok({ wanted, limit: wanted + 1 });
  if (!isPlace.test(after)) return err({ type: "invalid-cursor" });
  const space = after.indexOf(" ");
  return ok({ wanted, limit: wanted + 1, after: { at: after.slice(0, space), id: after.slice(space + 1) } });
}

export const cursorOf = ({ at, id }: RowPlace): string => `${at} ${id}`;

/** The page of rows of which one more than wanted was asked for. */
export function cut<Row, Item>(
  rows: readonly Row[],
  wanted: number,
  { itemOf, placeOf }: { itemOf(row: Row): Item; placeOf(row: Row): RowPlace },
): OperatorPage<Item> {
  const shown = rows.slice(0, wanted);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), ...(rows.length > wanted && last && { next: cursorOf(placeOf(last)) }) };
}
