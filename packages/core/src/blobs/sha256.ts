/** Hex SHA-256: the name of a blob, and the digest of a delivery. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same of a text. */
export const digestOf = (text: string): Promise<string> => sha256(new TextEncoder().encode(text));
