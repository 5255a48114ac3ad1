import type { FileRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";

/** The bytes of a file; zeros if it only claims a size. */
export const contentOf = ({ bytes }: World, { digest, size }: FileRecord): Uint8Array<ArrayBuffer> =>
  (digest === undefined ? undefined : bytes.get(digest)) ?? new Uint8Array(size);
