import { crc32 } from "node:zlib";

/** The files of a zip whose files are not compressed, by its directory. Throws when a checksum or a place is wrong. */
export function readZip(zip: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from("504b0506", "hex"));
  const locator = end - 20;
  const end64 = Number(bytes.readBigUInt64LE(locator + 8));
  const count = Number(bytes.readBigUInt64LE(end64 + 32));
  let at = Number(bytes.readBigUInt64LE(end64 + 48));
  const files = new Map<string, Uint8Array>();
  for (let number = 0; number < count; number++) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry at ${at}`);
    const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const extra = at + 46 + nameLength;
    const size = Number(bytes.readBigUInt64LE(extra + 4));
    const offset = Number(bytes.readBigUInt64LE(extra + 20));
    if (bytes.readUInt32LE(offset) !== 0x04034b50) throw new Error(`${name} is not at ${offset}`);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const content = bytes.subarray(start, start + size);
    if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name} has another checksum`);
    if (bytes.readUInt32LE(start + size + 4) !== crc32(content)) throw new Error(`what follows ${name} is wrong`);
    files.set(name, content);
    at = extra + extraLength;
  }
  if (at !== end64) throw new Error("the directory does not end before its end");
  return files;
}
