/** Hex SHA-256: the name of a blob, and the digest of a delivery. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // Web Crypto copies what it is given, and takes no memory that threads share.
  const own = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
  const digest = await crypto.subtle.digest("SHA-256", own);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same of a text. */
export const digestOf = (text: string): Promise<string> => sha256(new TextEncoder().encode(text));
