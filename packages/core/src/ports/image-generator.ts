import type { ResultAsync } from "neverthrow";
import type { Generation } from "../domain/generation.ts";
import type { ModelFile } from "../domain/model.ts";
import type { ProviderRequest } from "../domain/training.ts";
import type { ProviderError, RequestNotFound, SubmitError } from "./training-provider.ts";

/**
 * What the provider says about an image request. `finished` says that an outcome exists but not which one: the result
 * has to be fetched.
 */
export type GenerationEvent =
  | { readonly type: "queued"; readonly requestId: string; readonly position?: number | undefined }
  | { readonly type: "running"; readonly requestId: string; readonly percent?: number | undefined }
  | { readonly type: "finished"; readonly requestId: string }
  | { readonly type: "succeeded"; readonly requestId: string; readonly images: readonly ModelFile[] }
  | { readonly type: "failed"; readonly requestId: string; readonly detail: string };

/**
 * Makes images with a trained model. `submit` sends exactly one request and never repeats it by itself; everything else
 * may be repeated.
 */
export interface ImageGenerator {
  /** e.g. `fal`; stored with every generation. */
  readonly name: string;
  submit(generation: Generation): ResultAsync<ProviderRequest, SubmitError>;
  /** How far it is: `queued`, `running` or `finished`. */
  status(generation: Generation): ResultAsync<GenerationEvent, ProviderError | RequestNotFound>;
  /** How it ended: `succeeded` or `failed`, or `running` when it has not. */
  result(generation: Generation): ResultAsync<GenerationEvent, ProviderError | RequestNotFound>;
  /** Asks the provider to stop. `too-late`: it had finished already. */
  cancel(generation: Generation): ResultAsync<"requested" | "too-late", ProviderError | RequestNotFound>;
  /** Looks for the request of a generation whose answer was lost, by the input that only it has. */
  find(generation: Generation): ResultAsync<ProviderRequest | undefined, ProviderError>;
}
