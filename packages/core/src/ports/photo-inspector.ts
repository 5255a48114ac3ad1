import type { ResultAsync } from "neverthrow";
import type { PhotoRejected } from "../photos/photo-rejection.ts";
import type { PhotoFacts } from "../photos/photo.ts";

/** An accepted photo: the measurements, and the copy to train with (upright, without metadata). */
export interface InspectedPhoto {
  readonly facts: PhotoFacts;
  /** JPEG. */
  readonly copy: Uint8Array;
}

/** The inspector itself failed, which says nothing about the photo. */
export interface InspectorFailure {
  readonly type: "inspector-failure";
  readonly cause: unknown;
}

/**
 * Judges a single photo. The core finds duplicates. Run `describePhotoInspector` of `@likeness/testing` against yours.
 */
export interface PhotoInspector {
  inspect(bytes: Uint8Array): ResultAsync<InspectedPhoto, PhotoRejected | InspectorFailure>;
}
