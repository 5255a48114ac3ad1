import type { Timestamp } from "../values/timestamp.ts";

/** The proof that a person agreed to a wording: before their first photo, and again when the wording changes. */
export interface Consent {
  /** UUIDv7. */
  readonly id: string;
  readonly ownerId: string;
  /** The host's name for the text, e.g. `1` or `2026-11`. */
  readonly version: string;
  /** Hex SHA-256 of the statements in this language, see `wordingIn`. */
  readonly textHash: string;
  /** The language in which it was asked. */
  readonly locale: string;
  readonly givenAt: Timestamp;
  /** The channel's own id of the message with the statements. */
  readonly messageId?: string | undefined;
  readonly withdrawnAt?: Timestamp | undefined;
}

/** An owner's consent is missing: it was never given, was withdrawn, or was given to another wording. */
export interface ConsentMissing {
  readonly type: "consent-missing";
  readonly because: "never-given" | "withdrawn" | "outdated";
}
