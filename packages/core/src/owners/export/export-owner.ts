import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { CreditsFailure } from "../../ports/credits.ts";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { exportDocument, type ExportDocument } from "./export-document.ts";
import { filesOf, type ExportFile } from "./export-files.ts";
import { mayExport, noteExport, type TooManyExports } from "./limit-exports.ts";
import { zipStream, type ZipEntry } from "./zip-stream.ts";

export interface ExportOwner {
  readonly actor: string;
  /** The same again is the same export, as often as it takes: the limit counts it once. Absent: a new one. */
  readonly id?: string | undefined;
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

export type ExportOwnerError = TooManyExports | CreditsFailure | StorageFailure;

type ExportPorts = Pick<Ports, "store" | "blobs" | "clock" | "ids" | "policy" | "kinds" | "credits" | "purchases">;

/** What a zip needs for a file beside its bytes and twice its name, and for itself, with room to spare. */
const overhead = { file: 200, zip: 400 } as const;

/**
 * Everything that is stored about an owner, as zips that are made while they are read: documents, photos, pictures and
 * models. Only a piece of one file is in memory at a time. It counts for the limit once the rows are read: one that fails
 * is no reason to wait.
 */
export function exportOwner(
  ports: ExportPorts,
  { actor, id = ports.ids.next(), models = "files", partBytes = Number.POSITIVE_INFINITY }: ExportOwner,
): ResultAsync<readonly [ExportPart, ...ExportPart[]], ExportOwnerError> {
  return safeTry(async function* () {
    yield* mayExport(ports, { actor, id });
    const document = yield* exportDocument(ports, actor);
    const documents = yield* documentsOf(ports, actor, document);
    yield* noteExport(ports, { actor, id });
    const files = filesOf(document, models);
    const [first = [], ...others] = split(files, lengthOf(documents), partBytes);
    const total = others.length + 1;
    const part = (some: readonly ExportFile[], index: number, given: readonly Document[] = []): ExportPart => ({
      name: total === 1 ? "likeness.zip" : `likeness-${index + 1}-of-${total}.zip`,
      bytes: sizeOf(some, lengthOf(given)),
      stream: () => zipStream(entriesOf(ports.blobs, some, given)),
    });
    const parts: [ExportPart, ...ExportPart[]] = [part(first, 0, documents)];
    parts.push(...others.map((some, index) => part(some, index + 1)));
    return ok(parts);
  });
}

interface Document {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the store knows, and what the accounts know, if there is anything in them. */
const documentsOf = (
  { credits, purchases }: Pick<ExportPorts, "credits" | "purchases">,
  actor: string,
  document: ExportDocument,
): ResultAsync<Document[], CreditsFailure | StorageFailure> =>
  safeTry(async function* () {
    const named: [string, object | undefined][] = [
      ["likeness.json", document],
      ["credits.json", credits.statement && (yield* credits.statement(actor))],
      ["payments.json", purchases && (yield* purchases.statement(actor))],
    ];
    return ok(named.flatMap(([name, content]) => (content ? { name, bytes: jsonOf(content) } : [])));
  });

/** With room for what the zip needs beside each. */
const lengthOf = (documents: readonly Document[]): number =>
  documents.reduce((sum, { name, bytes }) => sum + bytes.byteLength + 2 * name.length + overhead.file, 0);

async function* entriesOf(
  blobs: BlobStore,
  files: readonly ExportFile[],
  documents: readonly Document[],
): AsyncGenerator<ZipEntry> {
  for (const { name, bytes } of documents) yield { name, open: async () => once(bytes) };
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

const jsonOf = (document: object): Uint8Array =>
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
