import type { SourceRefused } from "@likeness/core";

export interface FileLimits {
  readonly maximumBytes: number;
  /** Ends the work: the job is over, or it took too long. */
  readonly signal: AbortSignal;
}

export const tooLarge = (bytes: number, maximum: number): SourceRefused => ({
  type: "source-refused",
  reason: "too-large",
  bytes,
  maximum,
});

/** The link that Telegram gave leads nowhere; another one may work. */
export interface LinkStale {
  readonly type: "link-stale";
}
