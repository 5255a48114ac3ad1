import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The bytes to search for, by name. */
export type Secrets = Readonly<Record<string, readonly (string | Uint8Array)[]>>;

/** Which of the secrets are in some bytes, raw or in any encoding that a database or a log may use. */
export function secretsIn(content: Buffer, secrets: Secrets): string[] {
  const isIn = (secret: string | Uint8Array): boolean => writingsOf(secret).some((bytes) => content.includes(bytes));
  return Object.entries(secrets).flatMap(([what, found]) => found.filter(isIn).map(() => what));
}

function writingsOf(secret: string | Uint8Array): Buffer[] {
  const plain = Buffer.from(secret);
  const escaped = plain.toString("utf8").replaceAll(/[^\x20-\x7e]/g, escapedUnit);
  const texts = [escaped, plain.toString("hex"), ...[0, 1, 2].flatMap((offset) => inBase64(plain, offset))];
  // A hash in hex may also be stored as bytes.
  const raw = typeof secret === "string" && /^[\da-f]{64}$/.test(secret) ? [Buffer.from(secret, "hex")] : [];
  return [plain, ...raw, ...texts.map((text) => Buffer.from(text))];
}

const escapedUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The part of the base64 text that is the same for any bytes before, at this offset, and after it. */
function inBase64(plain: Buffer, offset: number): string[] {
  const shifted = Buffer.concat([Buffer.alloc(offset), plain]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3));
  const text = whole.toString("base64").slice(offset === 0 ? 0 : 4);
  return text.length < 8 ? [] : [text, text.replaceAll("+", "-").replaceAll("/", "_")];
}

/** Which secrets are in which files below a folder, their names included. */
export async function secretsBelow(folder: string, secrets: Secrets): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(path).catch(nothingIfGone) : Buffer.alloc(0);
    return secretsIn(Buffer.concat([Buffer.from(`${path}\n`), content]), secrets).map((what) => `${what} in ${path}`);
  });
  return (await Promise.all(found)).flat();
}

/** A file that was deleted since the folder was read, as by the program that it belongs to. */
function nothingIfGone(cause: NodeJS.ErrnoException): Buffer {
  if (cause.code !== "ENOENT") throw cause;
  return Buffer.alloc(0);
}
