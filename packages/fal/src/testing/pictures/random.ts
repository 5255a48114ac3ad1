import { createHash } from "node:crypto";

/** Numbers from 0 to 1 that are always the same for the same seed. */
export type Random = (least?: number, most?: number) => number;

/** Numbers from `least` to `most`, by default from 0 to 1, always the same for the same text. */
export function randomOf(text: string): Random {
  let state = createHash("sha256").update(text).digest().readUInt32LE();
  return (least = 0, most = 1) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (most - least) * (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32);
  };
}

export const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random(0, items.length))] ?? items[0];
