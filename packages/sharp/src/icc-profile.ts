import { isHdr } from "./colour-spaces.ts";

const headerBytes = 128;
const entryBytes = 12;

/** The tags of an ICC profile by name, each with its type; none where the profile cannot be read. */
export function profileTags(icc: Buffer): ReadonlyMap<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = icc.length < headerBytes + 4 ? 0 : icc.readUInt32BE(headerBytes);
  for (let index = 0, at = headerBytes + 4; index < count && at + entryBytes <= icc.length; index++, at += entryBytes) {
    const offset = icc.readUInt32BE(at + 4);
    tags.set(icc.toString("latin1", at, at + 4), icc.subarray(offset, offset + icc.readUInt32BE(at + 8)));
  }
  return tags;
}

/**
 * Whether a profile stands for PQ or HLG: it has a tag with their number, as ICC has it since version 4.4, or a name with
 * that of the recommendation which defines them. https://www.color.org/specification/ICC.1-2022-05.pdf (9.2.17)
 */
export function isHdrProfile(icc: Buffer): boolean {
  const tags = profileTags(icc);
  const name = tags.get("desc")?.toString("latin1").replaceAll("\0", "") ?? "";
  return isHdr(tags.get("cicp")?.[9]) || /2100.{0,5}(PQ|HLG)/.test(name);
}
