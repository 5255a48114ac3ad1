import type { Clock } from "./clock.ts";

/** Makes ids, so that tests own them. */
export interface Ids {
  /** A UUIDv7: unique, and later ones sort behind earlier ones. */
  next(): string;
}

/** UUIDv7 as RFC 9562 §5.7 has it: 48 bits of milliseconds, then random bits. https://www.rfc-editor.org/rfc/rfc9562 */
export function uuidV7(clock: Clock): Ids {
  return {
    next: () => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const time = Date.parse(clock.now());
      for (let index = 0; index < 6; index++) bytes[index] = Math.floor(time / 256 ** (5 - index)) % 256;
      bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
  };
}
