import type { Found } from "@likeness/core";

/** What a database says about itself. */
export interface DatabaseFacts {
  /** With its version. */
  readonly name: string;
  /** What is wrong with version, encoding and settings. */
  readonly problems: readonly Found[];
}
