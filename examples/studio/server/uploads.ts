import { randomUUID } from "node:crypto";
import type { OutgoingFile } from "../chat/chat.ts";
import { uploadLimits } from "../protocol.ts";

/** Files that a page has uploaded but not sent yet. */
export interface Uploads {
  /** Stores a file and returns its name. */
  add(file: OutgoingFile): string;
  /** Removes and returns all of them, or nothing if one is unknown. */
  take(ids: readonly string[]): readonly OutgoingFile[] | undefined;
}

/** Holds as many files as one run of messages can have; beyond that the oldest are dropped. */
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
