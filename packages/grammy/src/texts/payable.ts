import type { Quote } from "@likeness/core";

/** What an order costs the person. Absent: it costs nothing, and nothing is said about money. */
export interface Payable {
  readonly price?: Quote | undefined;
  /** What the person can spend now; absent where that is not known. */
  readonly have?: number | undefined;
  /** What is to be paid back before anything else, after a refund of what was spent. */
  readonly owed?: number | undefined;
}

/** Why an order was refused. `shop`: credits can be bought with `/buy`. */
export interface Unpaid extends Payable {
  readonly shop: boolean;
}
