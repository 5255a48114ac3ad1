import { err, ok, type ResultAsync } from "neverthrow";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import type { Timestamp } from "../../values/timestamp.ts";
import { withoutUndefined } from "../../values/without-undefined.ts";
import type { ErasedCounts, Erasure, LeftBehind } from "./erasure.ts";

/** What was erased of an owner and what could not be. It does not say whose it was. */
export interface ErasureReceipt {
  readonly id: string;
  /** `under-way`: all rows are gone, and a job deletes files and asks the provider to erase its part. */
  readonly status: "under-way" | "done";
  readonly requestedAt: Timestamp;
  readonly finishedAt?: Timestamp | undefined;
  readonly erased: ErasedCounts;
  /** Empty when nothing was left, or is not known to be yet. */
  readonly left: readonly LeftBehind[];
}

/** There is no receipt with this id. */
export interface ReceiptNotFound {
  readonly type: "receipt-not-found";
  readonly receiptId: string;
}

export const receiptOf = ({ id, state, requestedAt, erased, left }: Erasure): ErasureReceipt => ({
  id,
  status: state.status,
  requestedAt,
  ...withoutUndefined({ finishedAt: state.status === "done" ? state.finishedAt : undefined }),
  erased,
  left,
});

/** Reads a receipt. Whoever knows its id may, because it names nobody. */
export const findReceipt = (
  { store }: Pick<Ports, "store">,
  { receiptId }: { readonly receiptId: string },
): ResultAsync<ErasureReceipt, ReceiptNotFound | StorageFailure> =>
  store.erasures
    .find(receiptId)
    .andThen((erasure) => (erasure ? ok(receiptOf(erasure)) : err({ type: "receipt-not-found", receiptId } as const)));
