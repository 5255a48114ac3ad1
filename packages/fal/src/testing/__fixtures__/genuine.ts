import { createHash, createPublicKey, verify, type JsonWebKey } from "node:crypto";
import type { ReceivedWebhook } from "./receiver.ts";

/** Whether a webhook is signed by one of the published keys: fal's verification by the book, on the raw bytes. */
export async function isGenuine({ headers, body }: ReceivedWebhook, base: string): Promise<boolean> {
  const header = (name: string): string => String(headers[`x-fal-webhook-${name}`]);
  const digest = createHash("sha256").update(body).digest("hex");
  const message = [header("request-id"), header("user-id"), header("timestamp"), digest].join("\n");
  const { keys }: { keys: JsonWebKey[] } = await (await fetch(`${base}/.well-known/jwks.json`)).json();
  return keys
    .map((key) => createPublicKey({ key, format: "jwk" }))
    .some((key) => verify(null, Buffer.from(message), key, Buffer.from(header("signature"), "hex")));
}
