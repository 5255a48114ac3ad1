import type {
  ErasedCounts,
  ErasedOrder,
  Erasure,
  ErasureState,
  ErasureWork,
  LeftBehind,
  Timestamp,
} from "@likeness/core";
import { fromJson, notNull, toJson, withoutNulls, type JsonText } from "./columns.ts";

/** What was erased of an owner. No column names the owner. */
export interface ErasureRow {
  readonly id: string;
  readonly status: ErasureState["status"];
  readonly requested_at: Timestamp;
  readonly finished_at: Timestamp | null;
  /** What is left to do; null once it is done. */
  readonly work: JsonText<ErasureWork> | null;
  readonly next_check_at: Timestamp | null;
  readonly erased: JsonText<ErasedCounts>;
  readonly left_behind: JsonText<readonly LeftBehind[]>;
  readonly version: number;
}

export interface ErasedOrderRow {
  readonly order_id: string;
  readonly endpoint: string;
  readonly request_id: string | null;
  readonly erased_at: Timestamp;
}

/** The row of the erasure's next version. */
export const erasureRow = ({ state, ...erasure }: Erasure): ErasureRow => ({
  id: erasure.id,
  status: state.status,
  requested_at: erasure.requestedAt,
  finished_at: state.status === "done" ? state.finishedAt : null,
  work: state.status === "under-way" ? toJson(state.work) : null,
  next_check_at: state.status === "under-way" ? state.nextCheckAt : null,
  erased: toJson(erasure.erased),
  left_behind: toJson(erasure.left),
  version: erasure.version + 1,
});

export const erasureOf = (row: ErasureRow): Erasure => ({
  id: row.id,
  requestedAt: row.requested_at,
  state: states[row.status](row),
  erased: fromJson(row.erased),
  left: fromJson(row.left_behind),
  version: row.version,
});

const states = {
  "under-way": (row) => ({
    status: "under-way",
    work: fromJson(notNull(row.work)),
    nextCheckAt: notNull(row.next_check_at),
  }),
  done: (row) => ({ status: "done", finishedAt: notNull(row.finished_at) }),
} as const satisfies Record<ErasureState["status"], (row: ErasureRow) => ErasureState>;

export const erasedOrderRow = ({ orderId, endpoint, requestId, erasedAt }: ErasedOrder): ErasedOrderRow => ({
  order_id: orderId,
  endpoint,
  request_id: requestId ?? null,
  erased_at: erasedAt,
});

export const erasedOrderOf = (row: ErasedOrderRow): ErasedOrder => ({
  orderId: row.order_id,
  endpoint: row.endpoint,
  ...withoutNulls({ requestId: row.request_id }),
  erasedAt: row.erased_at,
});
