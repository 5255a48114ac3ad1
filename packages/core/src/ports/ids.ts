import type { Clock } from "./clock.ts";

/** Makes ids, so that tests own them. */
export interface Ids {
  /** A UUIDv7: unique, and later ones sort behind earlier ones. */
  next(): string;
}

/**
 * UUIDv7 as RFC 9562 §5.7 has it: 48 bits of milliseconds, then random bits, here those of a UUIDv4, whose variant is the
 * same. https://www.rfc-editor.org/rfc/rfc9562
 */
export const uuidV7 = (clock: Clock): Ids => ({
  next: () => {
    const time = Date.parse(clock.now()).toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
  },
});
