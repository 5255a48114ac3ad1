import { createHash, randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { tmpdir } from "node:os";
import { systemClock, type Timestamp } from "@likeness/core";
import { openArchiveFile, type ArchiveFile } from "../../archive/archive-file.ts";
import { sweepArchives } from "../../archive/sweep-archives.ts";
import { imagesInZip } from "../models/images-in-zip.ts";
import { pictureContent, type PictureFile } from "../pictures/picture-file.ts";
import { readPictureHead, type PictureHead } from "../pictures/picture-head.ts";

/** A file of the CDN. */
export interface StoredFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string;
  /** A blob was uploaded, bytes were made here. */
  content?: Blob | Uint8Array<ArrayBuffer> | undefined;
  /** Instead of content: a picture that is drawn when it is read. */
  readonly picture?: PictureFile | undefined;
  /** When it is deleted, if it is not kept for ever. */
  readonly expiresAt?: Timestamp | undefined;
  /** What a trainer finds in it, once it is complete. */
  archive?: "no zip" | { readonly images: number } | undefined;
  /** What a model sees in it, if it is a picture. */
  head?: PictureHead | undefined;
  /** Whether its access rules forbid reading. */
  hidden?: boolean | undefined;
}

export interface FilesSnapshot {
  readonly files: readonly (Omit<StoredFile, "content"> & { readonly digest?: string | undefined })[];
  /** Base64 by hex SHA-256. */
  readonly bytes: Readonly<Record<string, string>>;
}

type NewFile = Pick<StoredFile, "name" | "contentType" | "expiresAt">;

/** Puts what a request made in its place. */
export type Publish = (file: NewFile, content: Uint8Array<ArrayBuffer> | PictureFile) => StoredFile;

export interface FileStore {
  /** Gives an upload its place. */
  expect(file: NewFile): StoredFile;
  complete(file: StoredFile, content: Blob): Promise<void>;
  /** The place is the same for the same request and name. */
  publish(requestId: string, ...file: Parameters<Publish>): StoredFile;
  /** Deletes what a request made, and says what that was. */
  deleteOutputOf(requestId: string): readonly StoredFile[];
  byPath(path: string): StoredFile | undefined;
  /** The bytes of a file; `undefined` when there are none that may be read. */
  contentOf(file: StoredFile): Blob | undefined;
  /** What a model sees of the picture at a URL. */
  headOf(url: string): PictureHead | undefined;
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

/** Drawn pictures that are kept: a download is often repeated. */
const mostDrawn = 8;

export function fileStore(
  kept: FilesSnapshot = { files: [], bytes: {} },
  now: () => Timestamp = systemClock.now,
): FileStore {
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

  const byPath = (path: string): StoredFile | undefined => {
    const file = files.get(path);
    return file?.expiresAt !== undefined && file.expiresAt <= now() ? undefined : file;
  };

  const byUrl = (url: string): StoredFile | undefined =>
    URL.canParse(url) ? byPath(new URL(url).pathname) : undefined;

  const drawn = new Map<string, Blob>();
  const drawnOf = (path: string, picture: PictureFile): Blob => {
    const blob = drawn.get(path) ?? blobOf(pictureContent(picture));
    drawn.delete(path);
    drawn.set(path, blob);
    for (const oldest of drawn.keys()) if (drawn.size > mostDrawn) drawn.delete(oldest);
    return blob;
  };

  return {
    expect: (file) => add(randomUUID(), file),
    complete: async (file, content) => {
      const images = await imagesInZip(content);
      file.archive = images ? { images: images.length } : "no zip";
      file.head = await readPictureHead(content);
      file.content = content;
    },
    publish: (requestId, file, made) =>
      add(requestId, { ...file, ...("drawing" in made ? { picture: made } : { content: made }), archive: "no zip" }),
    deleteOutputOf: (requestId) => {
      const output = [...files.values()].filter(({ path }) => path.includes(`/${requestId}_`));
      for (const { path } of output) files.delete(path);
      return output;
    },
    byPath,
    contentOf: ({ path, content, picture, hidden }) => {
      if (hidden) return undefined;
      return picture ? drawnOf(path, picture) : content && blobOf(content);
    },
    headOf: (url) => {
      const file = byUrl(url);
      return file?.picture ? headOf(file.picture) : file?.head;
    },
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

const blobOf = (content: Blob | Uint8Array<ArrayBuffer>): Blob =>
  content instanceof Blob ? content : new Blob([content]);

const headOf = ({ drawing }: PictureFile): PictureHead => ({
  width: drawing.width,
  height: drawing.height,
  drawing,
});
