import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { exportDocument, type ExportDocument } from "./export-document.ts";
import { filesOf, type ExportFile } from "./export-files.ts";
import { zipStream, type ZipEntry } from "./zip-stream.ts";

export interface ExportOwner {
  readonly actor: string;
  /** `links`: models are named by their address at the provider and not packed. Default `files`. */
  readonly models?: "files" | "links" | undefined;
  /**
   * Splits the files into zips of at most this many bytes, where no file is longer, each complete in itself; the first
   * one has the document. Absent: one zip.
   */
  readonly partBytes?: number | undefined;
}

/** One zip of an export. */
export interface ExportPart {
  /** e.g. `likeness.zip`, or `likeness-2-of-3.zip`. */
  readonly name: string;
  /** At most: a file that is erased meanwhile is left out. */
  readonly bytes: number;
  /** Makes the zip, piece by piece; each call makes it anew. Throws if the blob store fails. */
  stream(): AsyncIterable<Uint8Array>;
}

type ExportPorts = Pick<Ports, "store" | "blobs" | "clock" | "kinds">;

/** What a zip needs for a file beside its bytes and twice its name, and for itself, with room to spare. */
const overhead = { file: 200, zip: 400 } as const;

/**
 * Everything that is stored about an owner, as zips that are made while they are read: a document, photos, pictures and
 * models. Only a piece of one file is in memory at a time.
 */
export function exportOwner(
  ports: ExportPorts,
  { actor, models = "files", partBytes = Number.POSITIVE_INFINITY }: ExportOwner,
): ResultAsync<readonly [ExportPart, ...ExportPart[]], StorageFailure> {
  return safeTry(async function* () {
    const document = yield* exportDocument(ports, actor);
    const files = filesOf(document, models);
    const [first = [], ...others] = split(files, jsonOf(document).byteLength, partBytes);
    const total = others.length + 1;
    const part = (some: readonly ExportFile[], index: number, given?: ExportDocument): ExportPart => ({
      name: total === 1 ? "likeness.zip" : `likeness-${index + 1}-of-${total}.zip`,
      bytes: sizeOf(some, given ? jsonOf(given).byteLength : 0),
      stream: () => zipStream(entriesOf(ports.blobs, some, given)),
    });
    const parts: [ExportPart, ...ExportPart[]] = [part(first, 0, document)];
    parts.push(...others.map((some, index) => part(some, index + 1)));
    return ok(parts);
  });
}

async function* entriesOf(
  blobs: BlobStore,
  files: readonly ExportFile[],
  document?: ExportDocument,
): AsyncGenerator<ZipEntry> {
  if (document) yield { name: "likeness.json", open: async () => once(jsonOf(document)) };
  for (const { name, blobKey } of files) yield { name, open: () => piecesOf(blobs, blobKey) };
}

async function piecesOf(blobs: BlobStore, key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  const opened = await blobs.get(key);
  if (opened.isOk()) return reading(opened.value);
  if (opened.error.type === "blob-not-found") return undefined;
  throw new Error("a file cannot be read", { cause: opened.error });
}

/** The pieces of a stream, which is closed when nobody reads on. Not every host can iterate streams. */
function reading(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  const close = () => reader.cancel().catch(() => undefined);
  return {
    [Symbol.asyncIterator]: () => ({
      next: async (): Promise<IteratorResult<Uint8Array, undefined>> => {
        const { done, value } = await reader.read();
        return done ? { done, value: undefined } : { done, value };
      },
      return: async () => {
        await close();
        return { done: true, value: undefined };
      },
    }),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const jsonOf = (document: ExportDocument): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(document, undefined, 2)}\n`);

const sizeOf = (files: readonly ExportFile[], documentBytes: number): number =>
  files.reduce((sum, { bytes, name }) => sum + bytes + 2 * name.length + overhead.file, documentBytes + overhead.zip);

/** Fills one zip after the other. A file that is longer than a zip may be has one of its own. */
function split(files: readonly ExportFile[], documentBytes: number, partBytes: number): ExportFile[][] {
  const parts: ExportFile[][] = [[]];
  let size = sizeOf([], documentBytes);
  for (const file of files) {
    const more = sizeOf([file], 0) - overhead.zip;
    if (size + more > partBytes && (parts.at(-1)?.length || parts.length === 1)) {
      parts.push([]);
      size = overhead.zip;
    }
    parts.at(-1)?.push(file);
    size += more;
  }
  return parts;
}
