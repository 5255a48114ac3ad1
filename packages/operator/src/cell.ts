import type { Timestamp } from "@likeness/core";

/** What a column shows. The page and the terminal decide how, and escape it: texts may hold anything. */
export type Cell =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "number"; readonly number: number }
  | { readonly type: "time"; readonly at: Timestamp }
  /** The id of an order, whose story can be opened. */
  | { readonly type: "order"; readonly id: string };

export const text = (value: string | undefined): Cell | undefined =>
  value === undefined ? undefined : { type: "text", text: value };

export const number = (value: number | undefined): Cell | undefined =>
  value === undefined ? undefined : { type: "number", number: value };

export const time = (at: Timestamp | undefined): Cell | undefined =>
  at === undefined ? undefined : { type: "time", at };

export const order = (id: string | undefined): Cell | undefined =>
  id === undefined ? undefined : { type: "order", id };
