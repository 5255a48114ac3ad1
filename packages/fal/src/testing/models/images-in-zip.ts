import { constants, inflateRawSync } from "node:zlib";

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const endRecordBytes = 22;
const longestComment = 0xffff;
/** Enough of a file to recognise what it is. */
const headBytes = 1024;

const stored = 0;
const deflated = 8;

const imageHeads: readonly RegExp[] = [/^\xff\xd8\xff/, /^\x89PNG\r\n/, /^RIFF[^]{4}WEBP/];

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedBytes: number;
  readonly headerOffset: number;
}

/** The names of the images (JPEG, PNG, WebP by content) in a zip; undefined when it is no readable zip. */
export async function imagesInZip(zip: Blob): Promise<readonly string[] | undefined> {
  const entries = await readDirectory(zip);
  if (!entries) return undefined;
  const images: string[] = [];
  for (const entry of entries) {
    const head = await readHead(zip, entry);
    if (!head) return undefined;
    if (!isLitter(entry.name) && imageHeads.some((pattern) => pattern.test(head))) images.push(entry.name);
  }
  return images;
}

/** Reads the list of files at the end of the archive (APPNOTE 4.3.12, 4.3.16). Archives over 4 GiB are out of scope. */
async function readDirectory(zip: Blob): Promise<Entry[] | undefined> {
  const tail = await bytesOf(zip, zip.size - endRecordBytes - longestComment, zip.size);
  const end = lastSignature(tail);
  if (end === undefined) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const offset = tail.readUInt32LE(end + 16);
  const directory = await bytesOf(zip, offset, offset + tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== signatures.central) return undefined;
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("utf8", at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function lastSignature(tail: Buffer): number | undefined {
  for (let at = tail.length - endRecordBytes; at >= 0; at--) if (tail.readUInt32LE(at) === signatures.end) return at;
  return undefined;
}

/** The first bytes of a file, one character each; undefined when they are not there or cannot be unpacked. */
async function readHead(zip: Blob, { method, compressedBytes, headerOffset }: Entry): Promise<string | undefined> {
  const header = await bytesOf(zip, headerOffset, headerOffset + 30);
  if (header.length < 30 || header.readUInt32LE(0) !== signatures.local) return undefined;
  const start = headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await bytesOf(zip, start, start + Math.min(compressedBytes, headBytes));
  if (method === stored) return packed.toString("latin1");
  if (method !== deflated) return undefined;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1");
  } catch {
    return undefined;
  }
}

const bytesOf = async (blob: Blob, start: number, end: number): Promise<Buffer> =>
  Buffer.from(await blob.slice(Math.max(0, start), end).arrayBuffer());

/** What macOS leaves in archives. */
const isLitter = (name: string): boolean => name.startsWith("__MACOSX/") || /(^|\/)\.[^/]*$/.test(name);
