/** Why an order failed. A closed list, so that every chat can explain each one. */
export const failureReasons = [
  /** The provider refused the request when it was submitted: invalid input, no credit, account locked. Nothing ran. */
  "rejected",
  /** The provider never confirmed the request, and no webhook or list showed it before the deadline. */
  "submit_unknown",
  /** The provider or our own blob store stayed unreachable or busy until the deadline, so nothing was submitted. */
  "provider_unavailable",
  /** The order ran and ended with an error. */
  "provider_error",
  /** The provider did not finish before the deadline. */
  "provider_timeout",
  /** The order finished, but the provider no longer has its result. */
  "result_lost",
  /** A photo of the manifest was not in the blob store before the deadline, so nothing was submitted. */
  "photos_missing",
  /** The provider's content rules refused the prompt or the result. */
  "content_blocked",
  /** The provider could not read a file that it was sent by its link, e.g. because the link has expired. */
  "input_gone",
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** The reasons that only the provider can tell apart from `provider_error` and `rejected`. */
export type ProviderReason = Extract<FailureReason, "content_blocked" | "input_gone">;
