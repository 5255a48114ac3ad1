import type { InspectedPhoto, InspectorFailure, PhotoRejected } from "@likeness/core";
import type { Result } from "neverthrow";

export type Judged = Result<InspectedPhoto, PhotoRejected | InspectorFailure>;

/** What a worker is sent. */
export interface Question {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What it sends back: a Result as plain data. */
export type Answer = { readonly id: number } & (
  { readonly photo: InspectedPhoto } | { readonly error: PhotoRejected | InspectorFailure }
);
