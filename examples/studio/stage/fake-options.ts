import type { Identity } from "../keep/identity.ts";

export interface FakeOptions {
  readonly identity: Identity;
  /** The studio's folder. */
  readonly data: string;
  /** Gets the errors of writing the snapshot. */
  onTrouble(error: unknown): void;
}
