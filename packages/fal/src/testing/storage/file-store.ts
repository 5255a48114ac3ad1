import { createHash, randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { tmpdir } from "node:os";
import { openArchiveFile, type ArchiveFile } from "../../archive/archive-file.ts";
import { sweepArchives } from "../../archive/sweep-archives.ts";
import { imagesInZip } from "../models/images-in-zip.ts";

/** A file of the CDN. */
export interface StoredFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string;
  /** A blob was uploaded, bytes were made here. */
  content?: Blob | Uint8Array<ArrayBuffer> | undefined;
  /** What a trainer finds in it, once it is complete. */
  archive?: "no zip" | { readonly images: number } | undefined;
  /** Whether its access rules forbid reading. */
  hidden?: boolean | undefined;
}

export interface FilesSnapshot {
  readonly files: readonly (Omit<StoredFile, "content"> & { readonly digest?: string | undefined })[];
  /** Base64 by hex SHA-256. */
  readonly bytes: Readonly<Record<string, string>>;
}

export interface FileStore {
  /** Gives an upload its place. */
  expect(file: Pick<StoredFile, "name" | "contentType">): StoredFile;
  complete(file: StoredFile, content: Blob): Promise<void>;
  /** Puts what a request made in its place, the same for the same request and name. */
  publish(
    requestId: string,
    file: Pick<StoredFile, "name" | "contentType">,
    bytes: Uint8Array<ArrayBuffer>,
  ): StoredFile;
  /** Deletes what a request made, and says what that was. */
  deleteOutputOf(requestId: string): readonly StoredFile[];
  byPath(path: string): StoredFile | undefined;
  /** Finds a file by URL, with any origin, because a fake may continue from a snapshot at another one. */
  byUrl(url: string): StoredFile | undefined;
  /** A text in which URLs of these files lead to this origin. */
  relocate(text: string, origin: string): string;
  /** Takes in the body of a request. It lies on disk, so its size costs no memory, and goes with the process. */
  receive(request: Request): Promise<Blob>;
  snapshot(): FilesSnapshot;
  /** Deletes everything received. */
  close(): Promise<void>;
}

const animals = ["rabbit", "koala", "panda", "tiger", "zebra", "monkey", "penguin", "lion"];

export function fileStore(kept: FilesSnapshot = { files: [], bytes: {} }): FileStore {
  const files = new Map<string, StoredFile>();
  for (const { digest, ...file } of kept.files) {
    const base64 = kept.bytes[digest ?? ""];
    files.set(file.path, { ...file, content: base64 === undefined ? undefined : Buffer.from(base64, "base64") });
  }
  const received = new Set<ArchiveFile>();
  // On systems whose files need names, a killed process has left its files.
  void sweepArchives(tmpdir());

  const add = (id: string, file: Omit<StoredFile, "path">): StoredFile => {
    const animal = animals[Number.parseInt(id, 16) % animals.length] ?? "lion";
    const stored = { ...file, path: `/files/${animal}/${id}_${encodeURIComponent(file.name)}` };
    files.set(stored.path, stored);
    return stored;
  };

  const byUrl = (url: string): StoredFile | undefined =>
    URL.canParse(url) ? files.get(new URL(url).pathname) : undefined;

  return {
    expect: (file) => add(randomUUID(), file),
    complete: async (file, content) => {
      const images = await imagesInZip(content);
      file.archive = images ? { images: images.length } : "no zip";
      file.content = content;
    },
    publish: (requestId, file, bytes) => add(requestId, { ...file, content: bytes, archive: "no zip" }),
    deleteOutputOf: (requestId) => {
      const output = [...files.values()].filter(({ path }) => path.includes(`/${requestId}_`));
      for (const { path } of output) files.delete(path);
      return output;
    },
    byPath: (path) => files.get(path),
    byUrl,
    relocate: (text, origin) =>
      text.replaceAll(/https?:\/\/[^/\s"\\]+(\/files\/[^\s"\\]+)/g, (url, path: string) =>
        files.has(path) ? `${origin}${path}` : url,
      ),
    receive: async (request) => {
      const file = await openArchiveFile(tmpdir());
      received.add(file);
      for await (const chunk of request.body ?? []) await file.handle.writeFile(chunk);
      return openAsBlob(file.path);
    },
    snapshot: () => {
      const bytes: Record<string, string> = {};
      return {
        files: [...files.values()].map(({ content, ...file }) => {
          if (!(content instanceof Uint8Array)) return file;
          const digest = createHash("sha256").update(content).digest("hex");
          bytes[digest] = Buffer.from(content).toString("base64");
          return { ...file, digest };
        }),
        bytes,
      };
    },
    close: async () => {
      await Promise.all([...received].map((file) => file.close()));
      received.clear();
    },
  };
}
