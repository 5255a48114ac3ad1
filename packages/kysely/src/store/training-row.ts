import {
  isTerminal,
  modelIn,
  requestOf,
  type FailureReason,
  type Model,
  type Progress,
  type ProviderRequest,
  type Timestamp,
  type Training,
  type TrainingSnapshot,
  type TrainingState,
  type TrainingStatus,
} from "@likeness/core";
import { fromJson, withoutNulls, notNull, toJson, type JsonText } from "./columns.ts";
import { requestColumns, requestIn, type RequestColumns } from "./request-columns.ts";

export interface TrainingRow extends RequestColumns {
  readonly id: string;
  readonly avatar_id: string;
  readonly owner_id: string;
  readonly provider: string;
  readonly idempotency_key: string;
  readonly snapshot: JsonText<TrainingSnapshot>;
  readonly status: TrainingStatus;
  readonly archive_url: string | null;
  /** The same for a training that has ended. */
  readonly kept_archive_url: string | null;
  readonly submit_started_at: Timestamp | null;
  readonly submitted_at: Timestamp | null;
  readonly finished_at: Timestamp | null;
  readonly progress: JsonText<Progress> | null;
  readonly failure_reason: FailureReason | null;
  readonly failure_detail: string | null;
  /** For a failed or cancelled training: the late result. */
  readonly model: JsonText<Model> | null;
  readonly weights_blob_key: string | null;
  readonly config_blob_key: string | null;
  readonly created_at: Timestamp;
  readonly next_check_at: Timestamp | null;
  readonly deadline_at: Timestamp | null;
  readonly version: number;
}

/** A blob that the manifest of a training names, so that it can be looked up by its key. */
export interface TrainingPhotoRow {
  readonly training_id: string;
  readonly blob_key: string;
}

/** The row of the training's next version. */
export const trainingRow = (training: Training): TrainingRow => {
  const { state } = training;
  const model = modelIn(state);
  const archiveUrl = state.archiveUrl ?? null;
  return {
    id: training.id,
    avatar_id: training.avatarId,
    owner_id: training.ownerId,
    provider: training.provider,
    idempotency_key: training.idempotencyKey,
    snapshot: toJson(training.snapshot),
    status: state.status,
    archive_url: isTerminal(state.status) ? null : archiveUrl,
    kept_archive_url: isTerminal(state.status) ? archiveUrl : null,
    submit_started_at: "submitStartedAt" in state ? state.submitStartedAt : null,
    submitted_at: "submittedAt" in state ? state.submittedAt : null,
    finished_at: "finishedAt" in state ? state.finishedAt : null,
    ...requestColumns(requestOf(training)),
    progress: "progress" in state ? toJson(state.progress) : null,
    failure_reason: "reason" in state ? state.reason : null,
    failure_detail: "detail" in state ? (state.detail ?? null) : null,
    model: model ? toJson(model) : null,
    weights_blob_key: model?.weights.blobKey ?? null,
    config_blob_key: model?.config?.blobKey ?? null,
    created_at: training.createdAt,
    next_check_at: training.nextCheckAt ?? null,
    deadline_at: training.deadlineAt ?? null,
    version: training.version + 1,
  };
};

export const trainingPhotoRows = ({ id, snapshot }: Training): TrainingPhotoRow[] =>
  snapshot.manifest.map(({ blobKey }) => ({ training_id: id, blob_key: blobKey }));

export const trainingOf = (row: TrainingRow): Training => ({
  id: row.id,
  avatarId: row.avatar_id,
  ownerId: row.owner_id,
  provider: row.provider,
  idempotencyKey: row.idempotency_key,
  snapshot: fromJson(row.snapshot),
  state: states[row.status](row),
  createdAt: row.created_at,
  ...withoutNulls({ nextCheckAt: row.next_check_at, deadlineAt: row.deadline_at }),
  version: row.version,
});

/** The optional fields of a training that ended without success. */
const remains = (row: TrainingRow): { archiveUrl?: string; request?: ProviderRequest; lateModel?: Model } =>
  withoutNulls({
    archiveUrl: row.kept_archive_url,
    request: row.request_id === null ? null : requestIn(row),
    lateModel: row.model === null ? null : fromJson(row.model),
  });

const states = {
  requested: (row) => ({ status: "requested", ...withoutNulls({ archiveUrl: row.archive_url }) }),
  submitting: (row) => ({
    status: "submitting",
    archiveUrl: notNull(row.archive_url),
    submitStartedAt: notNull(row.submit_started_at),
  }),
  submitted: (row) => ({
    status: "submitted",
    archiveUrl: notNull(row.archive_url),
    request: requestIn(row),
    submittedAt: notNull(row.submitted_at),
    progress: fromJson(notNull(row.progress)),
  }),
  unknown: (row) => ({
    status: "unknown",
    archiveUrl: notNull(row.archive_url),
    submitStartedAt: notNull(row.submit_started_at),
  }),
  succeeded: (row) => ({
    status: "succeeded",
    ...withoutNulls({ archiveUrl: row.kept_archive_url }),
    request: requestIn(row),
    submittedAt: notNull(row.submitted_at),
    finishedAt: notNull(row.finished_at),
    model: fromJson(notNull(row.model)),
  }),
  failed: (row) => ({
    status: "failed",
    reason: notNull(row.failure_reason),
    ...withoutNulls({ detail: row.failure_detail }),
    finishedAt: notNull(row.finished_at),
    ...remains(row),
  }),
  cancelled: (row) => ({ status: "cancelled", finishedAt: notNull(row.finished_at), ...remains(row) }),
} as const satisfies Record<TrainingStatus, (row: TrainingRow) => TrainingState>;
