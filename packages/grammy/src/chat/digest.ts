import { createHash } from "node:crypto";

/** A digest by which two messages can be compared without storing them. */
export const digestOf = (shown: unknown): string =>
  createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 16);
