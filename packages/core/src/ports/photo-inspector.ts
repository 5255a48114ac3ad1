import type { ResultAsync } from "neverthrow";
import type { PhotoFacts } from "../domain/photo.ts";
import type { PhotoRejected } from "../domain/photo-rejection.ts";

/** An accepted photo: what was measured, and the copy to train with (upright, without metadata). */
export interface InspectedPhoto {
  readonly facts: PhotoFacts;
  /** JPEG. */
  readonly copy: Uint8Array;
}

/** The inspector itself failed; it says nothing about the photo. */
export interface InspectorFailure {
  readonly type: "inspector-failure";
  readonly cause: unknown;
}

/** Judges one photo by itself. Duplicates are judged by the core. Run `describePhotoInspector` of `@likeness/testing`. */
export interface PhotoInspector {
  inspect(bytes: Uint8Array): ResultAsync<InspectedPhoto, PhotoRejected | InspectorFailure>;
}
