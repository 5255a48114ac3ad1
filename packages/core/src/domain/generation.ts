import type { JsonObject } from "./json.ts";
import type { ModelFile } from "./model.ts";
import type { ProviderRequest } from "./training.ts";
import type { Timestamp } from "./timestamp.ts";

export type GenerationState =
  | { readonly status: "requested" }
  | { readonly status: "submitting"; readonly submitStartedAt: Timestamp }
  | { readonly status: "submitted"; readonly request: ProviderRequest; readonly submittedAt: Timestamp }
  | { readonly status: "succeeded"; readonly images: readonly ModelFile[]; readonly finishedAt: Timestamp }
  | { readonly status: "failed"; readonly detail: string; readonly finishedAt: Timestamp };

/** One image request with the model of an avatar. */
export interface Generation {
  readonly id: string;
  readonly avatarId: string;
  readonly ownerId: string;
  readonly trainingId: string;
  readonly idempotencyKey: string;
  readonly endpoint: string;
  readonly input: JsonObject;
  readonly state: GenerationState;
  readonly createdAt: Timestamp;
  readonly nextCheckAt?: Timestamp;
  readonly version: number;
}
