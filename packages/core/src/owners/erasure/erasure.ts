import type { OrderTrace } from "../../ports/provider.ts";
import type { Timestamp } from "../../values/timestamp.ts";

/**
 * What is known about the erasure of an owner. What is left to do is listed by ids of orders, keys of blobs and what was
 * sent to the provider, and is emptied as it is done. It names the owner only until their account is renamed, which is
 * done first.
 */
export interface Erasure {
  /** Random. Who has it may read the receipt. */
  readonly id: string;
  readonly requestedAt: Timestamp;
  readonly state: ErasureState;
  readonly erased: ErasedCounts;
  readonly left: readonly LeftBehind[];
  /** 0 before the first save; the store increments it with every write. */
  readonly version: number;
}

export type ErasureState =
  /** The rows are gone; `nextCheckAt`: when the sweeper enqueues the job again. */
  | { readonly status: "under-way"; readonly work: ErasureWork; readonly nextCheckAt: Timestamp }
  | { readonly status: "done"; readonly finishedAt: Timestamp };

/** An erasure that is not done. */
export type ErasureUnderWay = Erasure & { readonly state: Extract<ErasureState, { readonly status: "under-way" }> };

/** What is left to do outside of the store. */
export interface ErasureWork {
  /** Keys of blobs. */
  readonly blobs: readonly string[];
  readonly orders: readonly OrderToErase[];
  /** Credits and payments that stay under another name, where they are kept by owner. */
  readonly account?: AccountToRename | undefined;
}

export interface OrderToErase {
  readonly trace: OrderTrace;
  /** When the provider is asked next. */
  readonly at: Timestamp;
  /** Further times, because the answer to the one request may come, or be listed, later. */
  readonly again: readonly Timestamp[];
  /** The time of the last attempt. */
  readonly until: Timestamp;
}

export interface AccountToRename {
  readonly ownerId: string;
  readonly pseudonym: string;
}

/** How many rows were erased, and how many orders are erased at the provider. */
export interface ErasedCounts {
  readonly avatars: number;
  readonly photos: number;
  readonly orders: number;
  readonly pictures: number;
  /** Orders whose data the provider has erased. */
  readonly atProvider: number;
  /** Files that were deleted; fewer than photos and pictures where some share their bytes. */
  readonly files: number;
}

/** Data that could not be erased. */
export interface LeftBehind {
  readonly provider: string;
  /**
   * `refused`: the provider said no, e.g. to a key without the right · `unsupported`: it has no call for that, or another
   * provider is installed now · `gave-up`: it could not be reached, or the request did not end, in time.
   */
  readonly reason: "refused" | "unsupported" | "gave-up";
  /** HTTP status of a refusal. */
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
  /** The provider's ids of the requests, as far as they are known, by which an operator finds the data there. */
  readonly requestIds: readonly string[];
  readonly orders: number;
}

export const isUnderWay = (erasure: Erasure | undefined): erasure is ErasureUnderWay =>
  erasure?.state.status === "under-way";

/** Whether nothing is left to do. */
export const isWorkDone = ({ blobs, orders, account }: ErasureWork): boolean =>
  blobs.length === 0 && orders.length === 0 && account === undefined;

/** The same data with one more order that stays at its provider. */
export function withLeft(
  left: readonly LeftBehind[],
  { requestId, ...added }: Omit<LeftBehind, "requestIds" | "orders"> & { readonly requestId?: string | undefined },
): LeftBehind[] {
  const isSame = (other: LeftBehind): boolean =>
    other.provider === added.provider &&
    other.reason === added.reason &&
    other.status === added.status &&
    other.detail === added.detail;
  const known = left.find(isSame) ?? { ...added, requestIds: [], orders: 0 };
  const requestIds = requestId === undefined ? known.requestIds : [...known.requestIds, requestId];
  return [...left.filter((other) => other !== known), { ...known, requestIds, orders: known.orders + 1 }];
}
