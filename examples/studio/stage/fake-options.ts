import type { Identity } from "../keep/identity.ts";

export interface FakeOptions {
  readonly identity: Identity;
  /** The studio's folder. */
  readonly data: string;
  /** Hears why something could not be kept. */
  onTrouble(error: unknown): void;
}
