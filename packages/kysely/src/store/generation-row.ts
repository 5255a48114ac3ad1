import type { Generation, GenerationState, JsonObject, ModelFile, Timestamp } from "@likeness/core";
import { fromJson, known, present, toJson, type JsonText } from "./columns.ts";
import { requestColumns, requestIn, type RequestColumns } from "./request-columns.ts";

export interface GenerationRow extends RequestColumns {
  readonly id: string;
  readonly avatar_id: string;
  readonly owner_id: string;
  readonly training_id: string;
  readonly idempotency_key: string;
  readonly endpoint: string;
  readonly input: JsonText<JsonObject>;
  readonly status: GenerationState["status"];
  readonly submit_started_at: Timestamp | null;
  readonly submitted_at: Timestamp | null;
  readonly finished_at: Timestamp | null;
  readonly images: JsonText<readonly ModelFile[]> | null;
  readonly failure_detail: string | null;
  readonly created_at: Timestamp;
  readonly next_check_at: Timestamp | null;
  readonly version: number;
}

/** The row of the generation's next version. */
export const generationRow = ({ state, ...generation }: Generation): GenerationRow => ({
  id: generation.id,
  avatar_id: generation.avatarId,
  owner_id: generation.ownerId,
  training_id: generation.trainingId,
  idempotency_key: generation.idempotencyKey,
  endpoint: generation.endpoint,
  input: toJson(generation.input),
  status: state.status,
  submit_started_at: state.status === "submitting" ? state.submitStartedAt : null,
  submitted_at: state.status === "submitted" ? state.submittedAt : null,
  finished_at: "finishedAt" in state ? state.finishedAt : null,
  ...requestColumns(state.status === "submitted" ? state.request : undefined),
  images: state.status === "succeeded" ? toJson(state.images) : null,
  failure_detail: state.status === "failed" ? state.detail : null,
  created_at: generation.createdAt,
  next_check_at: generation.nextCheckAt ?? null,
  version: generation.version + 1,
});

export const generationOf = (row: GenerationRow): Generation => ({
  id: row.id,
  avatarId: row.avatar_id,
  ownerId: row.owner_id,
  trainingId: row.training_id,
  idempotencyKey: row.idempotency_key,
  endpoint: row.endpoint,
  input: fromJson(row.input),
  state: states[row.status](row),
  createdAt: row.created_at,
  ...known({ nextCheckAt: row.next_check_at }),
  version: row.version,
});

const states = {
  requested: () => ({ status: "requested" }),
  submitting: (row) => ({ status: "submitting", submitStartedAt: present(row.submit_started_at) }),
  submitted: (row) => ({ status: "submitted", request: requestIn(row), submittedAt: present(row.submitted_at) }),
  succeeded: (row) => ({
    status: "succeeded",
    images: fromJson(present(row.images)),
    finishedAt: present(row.finished_at),
  }),
  failed: (row) => ({
    status: "failed",
    detail: present(row.failure_detail),
    finishedAt: present(row.finished_at),
  }),
} as const satisfies Record<GenerationState["status"], (row: GenerationRow) => GenerationState>;
