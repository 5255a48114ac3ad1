/** The bytes with those from `start` to `end` replaced. */
export function spliced(bytes: Uint8Array, start: number, end: number, ...pieces: readonly Uint8Array[]): Uint8Array {
  return joined(bytes.subarray(0, start), ...pieces, bytes.subarray(end));
}

export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const atOnce = 8192;

/** One character per byte, so that a place in the text is a place in the bytes. */
export function charactersOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += atOnce) text += String.fromCharCode(...bytes.subarray(at, at + atOnce));
  return text;
}

/** The bytes of a text whose characters are bytes. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export const isAt = (bytes: Uint8Array, at: number, text: string): boolean =>
  charactersOf(bytes.subarray(at, at + text.length)) === text;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
