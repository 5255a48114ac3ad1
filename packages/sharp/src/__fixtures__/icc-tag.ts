const headerBytes = 128;
const entryBytes = 12;

/** The profile with one more tag at its end. */
export function withTag(icc: Buffer, name: string, data: Buffer): Buffer {
  const count = icc.readUInt32BE(headerBytes);
  const tableEnd = headerBytes + 4 + entryBytes * count;
  const entry = Buffer.alloc(entryBytes);
  entry.write(name, "latin1");
  entry.writeUInt32BE(icc.length + entryBytes, 4);
  entry.writeUInt32BE(data.length, 8);
  const grown = Buffer.concat([icc.subarray(0, tableEnd), entry, icc.subarray(tableEnd), data]);
  grown.writeUInt32BE(grown.length, 0);
  grown.writeUInt32BE(count + 1, headerBytes);
  for (let at = headerBytes + 4; at < tableEnd; at += entryBytes)
    grown.writeUInt32BE(icc.readUInt32BE(at + 4) + entryBytes, at + 4);
  return grown;
}
