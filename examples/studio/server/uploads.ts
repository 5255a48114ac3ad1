import { randomUUID } from "node:crypto";
import type { OutgoingFile } from "../chat/chat.ts";
import { uploadLimits } from "../protocol.ts";

/** Files that a page has sent but not yet told what to do with. */
export interface Uploads {
  /** The name to call it by from now on. */
  add(file: OutgoingFile): string;
  /** All of them, or nothing if one is unknown. */
  take(ids: readonly string[]): readonly OutgoingFile[] | undefined;
}

/** Keeps as many as one message run can have; a page that never comes back loses its oldest. */
export function uploads(): Uploads {
  const waiting = new Map<string, OutgoingFile>();
  return {
    add: (file) => {
      const id = randomUUID();
      waiting.set(id, file);
      for (const oldest of [...waiting.keys()].slice(0, -uploadLimits.files)) waiting.delete(oldest);
      return id;
    },
    take: (ids) => {
      const files = ids.flatMap((id) => waiting.get(id) ?? []);
      if (files.length !== ids.length) return undefined;
      for (const id of ids) waiting.delete(id);
      return files;
    },
  };
}
