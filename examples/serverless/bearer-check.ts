import { createHash, timingSafeEqual } from "node:crypto";

const shortest = 16;

/** Compares a request's bearer token with a secret, in the same time wherever they differ. */
export function bearerCheck(secret: string): (request: Request) => boolean {
  if (secret.length < shortest) throw new Error(`the secret of the cron needs at least ${shortest} characters`);
  const expected = digest(`Bearer ${secret}`);
  return ({ headers }) => timingSafeEqual(digest(headers.get("authorization") ?? ""), expected);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
