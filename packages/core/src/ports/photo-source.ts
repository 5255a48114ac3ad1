import type { ResultAsync } from "neverthrow";
import type { PhotoReference } from "../photos/photo.ts";

/** The source cannot be reached now. */
export interface SourceUnavailable {
  readonly type: "source-unavailable";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The source refuses permanently: the file is gone or forbidden, or larger than the limit (both in bytes). */
export type SourceRefused =
  | { readonly type: "source-refused"; readonly reason: "gone" }
  | { readonly type: "source-refused"; readonly reason: "too-large"; readonly bytes: number; readonly maximum: number };

/** Fetches a photo by its reference: a Telegram file, a URL. It enforces its own limits of size and time. */
export interface PhotoSource {
  fetch(reference: PhotoReference, signal: AbortSignal): ResultAsync<Uint8Array, SourceUnavailable | SourceRefused>;
}
