import type { ResultAsync } from "neverthrow";
import type { Generation } from "../domain/generation.ts";
import type { ModelFile } from "../domain/model.ts";
import type { ProviderRequest } from "../domain/training.ts";
import type { ProviderError, RequestNotFound, SubmitError } from "./training-provider.ts";

/** What the provider says about an image request. */
export type GenerationEvent =
  | { readonly type: "running"; readonly requestId: string }
  | { readonly type: "succeeded"; readonly requestId: string; readonly images: readonly ModelFile[] }
  | { readonly type: "failed"; readonly requestId: string; readonly detail: string };

/** Makes images with a trained model. `submit` sends exactly one request and never repeats it by itself. */
export interface ImageGenerator {
  submit(generation: Generation): ResultAsync<ProviderRequest, SubmitError>;
  status(generation: Generation): ResultAsync<GenerationEvent, ProviderError | RequestNotFound>;
  cancel(generation: Generation): ResultAsync<"requested" | "too-late", ProviderError | RequestNotFound>;
}
