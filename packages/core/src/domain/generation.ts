import type { FailureReason } from "./failure-reason.ts";
import type { JsonObject } from "./json.ts";
import type { ModelFile } from "./model.ts";
import type { ProviderRequest } from "./training.ts";
import type { Timestamp } from "./timestamp.ts";

/** Where a generation stands, with the data of that status. */
export type GenerationState =
  | { readonly status: "requested" }
  /** The line is crossed: the one POST is under way, or its answer was lost with the process. */
  | { readonly status: "submitting"; readonly submitStartedAt: Timestamp }
  | { readonly status: "submitted"; readonly request: ProviderRequest; readonly submittedAt: Timestamp }
  /** The provider did not confirm the POST. It is never repeated. */
  | { readonly status: "unknown"; readonly submitStartedAt: Timestamp }
  | {
      readonly status: "succeeded";
      readonly request: ProviderRequest;
      readonly images: readonly ModelFile[];
      readonly submittedAt: Timestamp;
      readonly finishedAt: Timestamp;
    }
  | {
      readonly status: "failed";
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly finishedAt: Timestamp;
      readonly request?: ProviderRequest | undefined;
    };

export type GenerationStatus = GenerationState["status"];

/** One paid image request with the model of an avatar. */
export interface Generation {
  readonly id: string;
  readonly avatarId: string;
  readonly ownerId: string;
  /** The training whose model makes the images. */
  readonly trainingId: string;
  /** Name of the provider that runs it, e.g. `fal`. */
  readonly provider: string;
  /** The same key twice is the same generation. */
  readonly idempotencyKey: string;
  readonly endpoint: string;
  /** What the provider is sent. Unlike that of any other generation, e.g. by its seed, so that a lost request is found by it. */
  readonly input: JsonObject;
  readonly state: GenerationState;
  readonly createdAt: Timestamp;
  /** When the sweeper should look at it, if no job does first; absent when nothing is left to do. */
  readonly nextCheckAt?: Timestamp | undefined;
  /** When the present status is given up; absent in terminal states. */
  readonly deadlineAt?: Timestamp | undefined;
  readonly version: number;
}
