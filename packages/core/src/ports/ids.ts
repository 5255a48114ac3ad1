import type { Clock } from "./clock.ts";

/** Makes ids; a port, so that tests control them. */
export interface Ids {
  /** A UUIDv7: unique, and later ones sort after earlier ones. */
  next(): string;
}

/**
 * UUIDv7 as defined in RFC 9562 §5.7: 48 bits of milliseconds, then random bits, here taken from a UUIDv4, which has
 * the same variant. https://www.rfc-editor.org/rfc/rfc9562
 */
export const uuidV7 = (clock: Clock): Ids => ({
  next: () => {
    const time = Date.parse(clock.now()).toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
  },
});
