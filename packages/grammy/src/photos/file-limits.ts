import type { SourceRefused } from "@likeness/core";

export interface FileLimits {
  readonly maximumBytes: number;
  /** Aborts the download: the job has ended, or the download took too long. */
  readonly signal: AbortSignal;
}

export const tooLarge = (bytes: number, maximum: number): SourceRefused => ({
  type: "source-refused",
  reason: "too-large",
  bytes,
  maximum,
});

/** The link that Telegram returned does not work; a new one may. */
export interface LinkStale {
  readonly type: "link-stale";
}
