import { createHmac, timingSafeEqual } from "node:crypto";
import type { Delivery, WebhookRejected } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";

/** The headers of Standard Webhooks (https://www.standardwebhooks.com). */
export const standardHeaders = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/** Maximum age of a webhook, and how far the sender's clock may be ahead; as in the libraries of Standard Webhooks. */
const toleranceSeconds = 300;

export interface SignedDelivery {
  /** The text that was signed, but for the body. */
  readonly prefix: string;
  /** Base64, of version 1; a sender that changes its key sends one for each. */
  readonly signatures: readonly string[];
}

/** What a delivery is signed with, when it is fresh and has all headers. */
export function readSigned({ headers, receivedAt }: Delivery): Result<SignedDelivery, WebhookRejected> {
  const [id, timestamp, signature] = standardHeaders.map((name) => headers[name]);
  if (!id || !timestamp || !signature) return err(rejected("signature-missing"));
  const received = Math.floor(Date.parse(receivedAt) / 1000);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(received - Number(timestamp)) > toleranceSeconds)
    return err(rejected("signature-stale"));
  const signatures = signature.split(" ").flatMap((part) => (part.startsWith("v1,") ? part.slice(3) : []));
  return signatures.length > 0 ? ok({ prefix: `${id}.${timestamp}.`, signatures }) : err(rejected("signature-invalid"));
}

/** HMAC-SHA-256 over id, timestamp and the raw body. */
export function isSignedWith(key: Uint8Array, { prefix, signatures }: SignedDelivery, body: Uint8Array): boolean {
  const expected = Buffer.from(signatureOf(key, prefix, body));
  return signatures.some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Base64. */
export const signatureOf = (key: Uint8Array, prefix: string, body: Uint8Array): string =>
  createHmac("sha256", key).update(prefix).update(body).digest("base64");

/** The key in a secret such as `whsec_…`: base64 of at least 16 bytes; `undefined` when it is none. */
export function keyIn(secret: string): Uint8Array | undefined {
  const text = secret.trim().replace(/^whsec_/, "");
  const key = Buffer.from(text, "base64");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && key.length >= 16 ? key : undefined;
}

export const rejected = (reason: WebhookRejected["reason"]): WebhookRejected => ({ type: "webhook-rejected", reason });
