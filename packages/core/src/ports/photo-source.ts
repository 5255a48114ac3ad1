import type { ResultAsync } from "neverthrow";
import type { PhotoReference } from "../domain/photo.ts";

/** The source could not be asked now. */
export interface SourceUnavailable {
  readonly type: "source-unavailable";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The source says no for good: the file is gone or forbidden, or larger than the limit (both in bytes). */
export type SourceRefused =
  | { readonly type: "source-refused"; readonly reason: "gone" }
  | { readonly type: "source-refused"; readonly reason: "too-large"; readonly bytes: number; readonly maximum: number };

/** Fetches a photo that the host named: a Telegram file, a URL. Limits size and time by itself. */
export interface PhotoSource {
  fetch(reference: PhotoReference, signal: AbortSignal): ResultAsync<Uint8Array, SourceUnavailable | SourceRefused>;
}
