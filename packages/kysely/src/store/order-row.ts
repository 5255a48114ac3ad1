import {
  isStored,
  outcomeBlobKeys,
  outcomeIn,
  requestOf,
  type FailureReason,
  type Order,
  type OrderSnapshot,
  type OrderState,
  type OrderStatus,
  type OrderTimes,
  type Outcome,
  type Prepared,
  type Progress,
  type ProviderRequest,
  type Timestamp,
} from "@likeness/core";
import { fromJson, notNull, toInteger, toJson, withoutNulls, type JsonText } from "./columns.ts";
import { requestColumns, requestIn, type RequestColumns } from "./request-columns.ts";

/** What an order yielded, as it is stored. */
interface StoredOutcome {
  readonly files: Outcome;
  readonly ranSeconds?: number | undefined;
}

export interface OrderRow extends RequestColumns {
  readonly id: string;
  readonly kind: string;
  readonly set_id: string | null;
  readonly avatar_id: string;
  readonly owner_id: string;
  readonly provider: string;
  readonly idempotency_key: string;
  /** Its set or itself, by which its owner's orders are counted for the limits; null: it does not count. */
  readonly counted_as: string | null;
  readonly snapshot: JsonText<OrderSnapshot>;
  readonly status: OrderStatus;
  readonly prepared: JsonText<Prepared> | null;
  readonly submit_started_at: Timestamp | null;
  readonly submitted_at: Timestamp | null;
  readonly finished_at: Timestamp | null;
  readonly progress: JsonText<Progress> | null;
  readonly failure_reason: FailureReason | null;
  readonly failure_detail: string | null;
  /** For a failed or cancelled order: the late one. */
  readonly outcome: JsonText<StoredOutcome> | null;
  /** Whether a file of the outcome that may be copied is not in our own blob store. */
  readonly uncopied: 0 | 1;
  readonly created_at: Timestamp;
  readonly next_check_at: Timestamp | null;
  readonly deadline_at: Timestamp | null;
  readonly version: number;
}

/** A blob that an order names, so that it can be looked up by its key. */
export interface OrderBlobRow {
  readonly order_id: string;
  readonly use: "photo" | "outcome";
  readonly blob_key: string;
}

/** The row of the order's next version. */
export const orderRow = (order: Order): OrderRow => {
  const { state } = order;
  const outcome = outcomeIn(state);
  const ranSeconds = state.status === "succeeded" ? state.ranSeconds : undefined;
  return {
    id: order.id,
    kind: order.kind,
    set_id: order.setId ?? null,
    avatar_id: order.avatarId,
    owner_id: order.ownerId,
    provider: order.provider,
    idempotency_key: order.idempotencyKey,
    counted_as: order.uncounted ? null : (order.setId ?? order.id),
    snapshot: toJson(order.snapshot),
    status: state.status,
    prepared: state.prepared ? toJson(state.prepared) : null,
    submit_started_at: "submitStartedAt" in state ? state.submitStartedAt : null,
    submitted_at: "submittedAt" in state ? state.submittedAt : null,
    finished_at: "finishedAt" in state ? state.finishedAt : null,
    ...requestColumns(requestOf(order)),
    progress: "progress" in state ? toJson(state.progress) : null,
    failure_reason: "reason" in state ? state.reason : null,
    failure_detail: "detail" in state ? (state.detail ?? null) : null,
    outcome: outcome ? toJson({ files: outcome, ranSeconds }) : null,
    uncopied: toInteger(outcome !== undefined && !isStored(outcome)),
    created_at: order.createdAt,
    next_check_at: order.nextCheckAt ?? null,
    deadline_at: order.deadlineAt ?? null,
    version: order.version + 1,
  };
};

/** Two photos can have the same copy. */
export const photoBlobRows = ({ id, snapshot }: Order): OrderBlobRow[] =>
  [...new Set(snapshot.manifest?.map(({ blobKey }) => blobKey))].map((key) => blobRow(id, "photo", key));

export const outcomeBlobRows = ({ id, state }: Order): OrderBlobRow[] =>
  [...new Set(outcomeBlobKeys(outcomeIn(state) ?? {}))].map((key) => blobRow(id, "outcome", key));

const blobRow = (orderId: string, use: OrderBlobRow["use"], key: string): OrderBlobRow => ({
  order_id: orderId,
  use,
  blob_key: key,
});

export const orderOf = (row: OrderRow): Order => ({
  id: row.id,
  kind: row.kind,
  ...withoutNulls({ setId: row.set_id }),
  avatarId: row.avatar_id,
  ownerId: row.owner_id,
  provider: row.provider,
  idempotencyKey: row.idempotency_key,
  ...(row.counted_as === null && { uncounted: true as const }),
  snapshot: fromJson(row.snapshot),
  state: states[row.status](row),
  createdAt: row.created_at,
  ...withoutNulls({ nextCheckAt: row.next_check_at, deadlineAt: row.deadline_at }),
  version: row.version,
});

/** The columns of an order that succeeded that tell how long it took. */
export type TimesRow = Pick<OrderRow, "snapshot" | "outcome" | "created_at" | "finished_at">;

export function timesOf({ snapshot, outcome, created_at: createdAt, finished_at: finishedAt }: TimesRow): OrderTimes {
  const { endpoint, preset }: Pick<OrderTimes, "endpoint" | "preset"> = fromJson(snapshot);
  const { ranSeconds } = fromJson(notNull(outcome));
  return {
    endpoint,
    createdAt,
    finishedAt: notNull(finishedAt),
    ...(preset !== undefined && { preset }),
    ...(ranSeconds !== undefined && { ranSeconds }),
  };
}

const preparedIn = ({ prepared }: OrderRow): { readonly prepared?: Prepared } =>
  prepared === null ? {} : { prepared: fromJson(prepared) };

const outcomeOf = (row: OrderRow): StoredOutcome => fromJson(notNull(row.outcome));

/** The optional fields of an order that ended without success. */
const remains = (row: OrderRow): { request?: ProviderRequest; lateOutcome?: Outcome } => ({
  ...preparedIn(row),
  ...(row.request_id === null ? {} : { request: requestIn(row) }),
  ...(row.outcome === null ? {} : { lateOutcome: outcomeOf(row).files }),
});

const states = {
  requested: (row) => ({ status: "requested", ...preparedIn(row) }),
  submitting: (row) => ({
    status: "submitting",
    prepared: fromJson(notNull(row.prepared)),
    submitStartedAt: notNull(row.submit_started_at),
  }),
  submitted: (row) => ({
    status: "submitted",
    prepared: fromJson(notNull(row.prepared)),
    request: requestIn(row),
    submittedAt: notNull(row.submitted_at),
    progress: fromJson(notNull(row.progress)),
  }),
  unknown: (row) => ({
    status: "unknown",
    prepared: fromJson(notNull(row.prepared)),
    submitStartedAt: notNull(row.submit_started_at),
  }),
  succeeded: (row) => {
    const { files: outcome, ranSeconds } = outcomeOf(row);
    return {
      status: "succeeded",
      ...preparedIn(row),
      request: requestIn(row),
      submittedAt: notNull(row.submitted_at),
      finishedAt: notNull(row.finished_at),
      outcome,
      ...(ranSeconds === undefined ? {} : { ranSeconds }),
    };
  },
  failed: (row) => ({
    status: "failed",
    reason: notNull(row.failure_reason),
    ...withoutNulls({ detail: row.failure_detail }),
    finishedAt: notNull(row.finished_at),
    ...remains(row),
  }),
  cancelled: (row) => ({ status: "cancelled", finishedAt: notNull(row.finished_at), ...remains(row) }),
} as const satisfies Record<OrderStatus, (row: OrderRow) => OrderState>;
