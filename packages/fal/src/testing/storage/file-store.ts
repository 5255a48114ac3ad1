import { randomUUID } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** A file of the CDN; without `content` until its upload is complete. */
export interface StoredFile {
  readonly url: string;
  readonly name: string;
  readonly contentType: string;
  content?: Blob;
}

export interface FileStore {
  /** Gives a file its URL, before or together with its content. */
  add(origin: string, file: Pick<StoredFile, "name" | "contentType" | "content">): StoredFile;
  byPath(path: string): StoredFile | undefined;
  byUrl(url: string): StoredFile | undefined;
  /** Takes in the body of a request. It lies on disk, so its size costs no memory. */
  receive(request: Request): Promise<Blob>;
  /** Deletes everything received. */
  close(): Promise<void>;
}

const animals = ["rabbit", "koala", "panda", "tiger", "zebra", "monkey", "penguin", "lion"];

export function fileStore(): FileStore {
  const files = new Map<string, StoredFile>();
  let folder: Promise<string> | undefined;
  return {
    add: (origin, file) => {
      const animal = animals[files.size % animals.length];
      const path = `/files/${animal}/${randomUUID()}_${encodeURIComponent(file.name)}`;
      const stored = { ...file, url: `${origin}${path}` };
      files.set(path, stored);
      return stored;
    },
    byPath: (path) => files.get(path),
    byUrl: (url) => [...files.values()].find((file) => file.url === url),
    receive: async (request) => {
      folder ??= mkdtemp(join(tmpdir(), "fal-fake-"));
      const path = join(await folder, randomUUID());
      await pipeline(request.body ?? [], createWriteStream(path));
      return openAsBlob(path);
    },
    close: async () => {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}
