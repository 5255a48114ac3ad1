import type {
  FailureReason,
  Generation,
  GenerationState,
  GenerationStatus,
  JsonObject,
  ModelFile,
  Timestamp,
} from "@likeness/core";
import { fromJson, known, present, toJson, type JsonText } from "./columns.ts";
import { requestColumns, requestIn, type RequestColumns } from "./request-columns.ts";

export interface GenerationRow extends RequestColumns {
  readonly id: string;
  readonly avatar_id: string;
  readonly owner_id: string;
  readonly training_id: string;
  readonly provider: string;
  readonly idempotency_key: string;
  readonly endpoint: string;
  readonly input: JsonText<JsonObject>;
  readonly status: GenerationStatus;
  readonly submit_started_at: Timestamp | null;
  readonly submitted_at: Timestamp | null;
  readonly finished_at: Timestamp | null;
  readonly images: JsonText<readonly ModelFile[]> | null;
  readonly failure_reason: FailureReason | null;
  readonly failure_detail: string | null;
  readonly created_at: Timestamp;
  readonly next_check_at: Timestamp | null;
  readonly deadline_at: Timestamp | null;
  readonly version: number;
}

/** The row of the generation's next version. */
export const generationRow = ({ state, ...generation }: Generation): GenerationRow => ({
  id: generation.id,
  avatar_id: generation.avatarId,
  owner_id: generation.ownerId,
  training_id: generation.trainingId,
  provider: generation.provider,
  idempotency_key: generation.idempotencyKey,
  endpoint: generation.endpoint,
  input: toJson(generation.input),
  status: state.status,
  submit_started_at: "submitStartedAt" in state ? state.submitStartedAt : null,
  submitted_at: "submittedAt" in state ? state.submittedAt : null,
  finished_at: "finishedAt" in state ? state.finishedAt : null,
  ...requestColumns("request" in state ? state.request : undefined),
  images: "images" in state ? toJson(state.images) : null,
  failure_reason: "reason" in state ? state.reason : null,
  failure_detail: "detail" in state ? (state.detail ?? null) : null,
  created_at: generation.createdAt,
  next_check_at: generation.nextCheckAt ?? null,
  deadline_at: generation.deadlineAt ?? null,
  version: generation.version + 1,
});

export const generationOf = (row: GenerationRow): Generation => ({
  id: row.id,
  avatarId: row.avatar_id,
  ownerId: row.owner_id,
  trainingId: row.training_id,
  provider: row.provider,
  idempotencyKey: row.idempotency_key,
  endpoint: row.endpoint,
  input: fromJson(row.input),
  state: states[row.status](row),
  createdAt: row.created_at,
  ...known({ nextCheckAt: row.next_check_at, deadlineAt: row.deadline_at }),
  version: row.version,
});

const states = {
  requested: () => ({ status: "requested" }),
  submitting: (row) => ({ status: "submitting", submitStartedAt: present(row.submit_started_at) }),
  submitted: (row) => ({ status: "submitted", request: requestIn(row), submittedAt: present(row.submitted_at) }),
  unknown: (row) => ({ status: "unknown", submitStartedAt: present(row.submit_started_at) }),
  succeeded: (row) => ({
    status: "succeeded",
    request: requestIn(row),
    images: fromJson(present(row.images)),
    submittedAt: present(row.submitted_at),
    finishedAt: present(row.finished_at),
  }),
  failed: (row) => ({
    status: "failed",
    reason: present(row.failure_reason),
    ...known({ detail: row.failure_detail }),
    finishedAt: present(row.finished_at),
    ...known({ request: row.request_id === null ? null : requestIn(row) }),
  }),
} as const satisfies Record<GenerationStatus, (row: GenerationRow) => GenerationState>;
