/** Why a training failed. A closed list, so that every chat can explain each one. */
export const failureReasons = [
  /** The provider refused the request at the gate: invalid input, no credit, account locked. Nothing ran. */
  "rejected",
  /** The provider never confirmed the request and no trace of it appeared before the deadline. */
  "submit_unknown",
  /** The provider stayed unreachable or busy, or our own blobs did, so nothing was ever submitted. */
  "provider_unavailable",
  /** The training ran and ended with an error. */
  "provider_error",
  /** The provider did not finish before the deadline. */
  "provider_timeout",
  /** The training finished, but its result cannot be read any more. */
  "result_lost",
  /** A photo of the manifest was not in the blob store before the deadline, so nothing was submitted. */
  "photos_missing",
] as const;

export type FailureReason = (typeof failureReasons)[number];
