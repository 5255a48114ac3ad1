import type { AvatarKind } from "../avatars/avatar.ts";
import type { Model, WeightsFormat } from "../models/model.ts";
import type { JsonObject } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { FailureReason } from "./failure-reason.ts";
import type { Preset } from "./profile.ts";

/** One photo of a training, as it was when the training was ordered. */
export interface ManifestEntry {
  /** Name in the archive: `photo_001.jpg`, `photo_002.jpg`, … */
  readonly file: string;
  /** Hex SHA-256 of the training copy, its key in the blob store. */
  readonly blobKey: string;
  readonly bytes: number;
}

/** Everything that a training is made from. Immutable: later changes of the profile do not affect it. */
export interface TrainingSnapshot {
  readonly kind: AvatarKind;
  readonly preset: Preset;
  readonly endpoint: string;
  readonly inferenceEndpoint: string;
  /** The provider's input without the archive, trigger included. */
  readonly input: JsonObject;
  readonly archiveField: string;
  readonly weightsField: string;
  /** Absent: `safetensors`. */
  readonly weightsFormat?: WeightsFormat | undefined;
  readonly configField: string;
  readonly steps: number;
  /** The word that stands for the avatar in a prompt. */
  readonly trigger: string;
  readonly manifest: readonly ManifestEntry[];
}

/** The provider's handle of an accepted request. URLs are kept as the provider returned them. */
export interface ProviderRequest {
  readonly requestId: string;
  readonly statusUrl?: string | undefined;
  readonly responseUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

/** The progress of a submitted training. */
export interface Progress {
  /** Requests ahead in the provider's queue. */
  readonly position?: number | undefined;
  /** 0 to 100, never backwards. */
  readonly percent?: number | undefined;
  /** When the provider first reported it as running. */
  readonly startedAt?: Timestamp | undefined;
  /** Since when the provider answers that it does not know the request; absent while it knows it. */
  readonly missingSince?: Timestamp | undefined;
}

/** The status of a training, with the data of that status. The transitions are in training-lifecycle.ts. */
export type TrainingState =
  /** `archiveUrl`: the uploaded photos; absent before the upload. Kept after the end, so that it can be erased. */
  | { readonly status: "requested"; readonly archiveUrl?: string | undefined }
  /** Written before the one POST: the POST is under way, or the process died before it stored the answer. */
  | { readonly status: "submitting"; readonly archiveUrl: string; readonly submitStartedAt: Timestamp }
  | {
      readonly status: "submitted";
      readonly archiveUrl: string;
      readonly request: ProviderRequest;
      readonly submittedAt: Timestamp;
      readonly progress: Progress;
    }
  /** The provider did not confirm the POST. It is never repeated. */
  | { readonly status: "unknown"; readonly archiveUrl: string; readonly submitStartedAt: Timestamp }
  | {
      readonly status: "succeeded";
      readonly archiveUrl?: string | undefined;
      readonly request: ProviderRequest;
      readonly submittedAt: Timestamp;
      readonly finishedAt: Timestamp;
      readonly model: Model;
    }
  /** `lateModel`: a result that came after the training was given up; it was paid for, so it is kept. */
  | {
      readonly status: "failed";
      readonly archiveUrl?: string | undefined;
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly finishedAt: Timestamp;
      readonly request?: ProviderRequest | undefined;
      readonly lateModel?: Model | undefined;
    }
  | {
      readonly status: "cancelled";
      readonly archiveUrl?: string | undefined;
      readonly finishedAt: Timestamp;
      readonly request?: ProviderRequest | undefined;
      readonly lateModel?: Model | undefined;
    };

export type TrainingStatus = TrainingState["status"];

/** One paid job at the provider. */
export interface Training {
  readonly id: string;
  readonly avatarId: string;
  readonly ownerId: string;
  /** Name of the provider that runs it, e.g. `fal`. */
  readonly provider: string;
  /** The same key twice is the same training. */
  readonly idempotencyKey: string;
  readonly snapshot: TrainingSnapshot;
  readonly state: TrainingState;
  readonly createdAt: Timestamp;
  /** When the sweeper enqueues a job for it, unless a job has moved this time before; absent when no work is left. */
  readonly nextCheckAt?: Timestamp | undefined;
  /** When the current status or, after the end, the copying of the model is given up. */
  readonly deadlineAt?: Timestamp | undefined;
  readonly version: number;
}

/** The provider's handle, in every status in which it is known. */
export const requestOf = (training: Training): ProviderRequest | undefined =>
  "request" in training.state ? training.state.request : undefined;

/** The model that the training yielded, in time or late; `undefined` when it yielded none. */
export function modelIn(state: TrainingState): Model | undefined {
  if (state.status === "succeeded") return state.model;
  return "lateModel" in state ? state.lateModel : undefined;
}

/**
 * The ids of a training for the log: the training's, its avatar's, its owner's, and its request's at the provider once
 * that is known.
 */
export const idsOf = (training: Training): Readonly<Record<string, string>> =>
  withoutUndefined({
    trainingId: training.id,
    avatarId: training.avatarId,
    ownerId: training.ownerId,
    requestId: requestOf(training)?.requestId,
  });
