import type { Photo, PhotoFacts, PhotoState } from "../photo.ts";

/** A photo of one avatar, by its number. */
export const photo = (number: number, state: PhotoState): Photo => ({
  id: String(number),
  avatarId: "avatar",
  number,
  state,
  createdAt: "2026-01-01T00:00:00.000Z",
  version: 1,
});

export const someFacts = (facts: Partial<PhotoFacts>): PhotoFacts => ({
  sha256: "aa",
  fingerprint: "0000000000000000",
  width: 1000,
  height: 1000,
  bytes: 1,
  ...facts,
});

/** An accepted one; its training copy has the key `key-<number>`. */
export const accepted = (number: number, facts: Partial<PhotoFacts> = {}): Photo =>
  photo(number, { status: "accepted", blobKey: `key-${number}`, facts: someFacts(facts) });
