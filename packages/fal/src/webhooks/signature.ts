import { createHash, verify, type KeyObject } from "node:crypto";
import type { Delivery } from "@likeness/core";

/** The headers that fal signs with (https://docs.fal.ai/model-endpoints/webhooks). */
export const signatureHeaders = [
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
] as const;

export interface SignedHeaders {
  readonly requestId: string;
  readonly userId: string;
  /** Seconds since the Unix epoch, as text: the signature covers the text. */
  readonly timestamp: string;
  /** Hex. */
  readonly signature: string;
}

/** The four headers; undefined when one is missing. */
export function signedHeaders({ headers }: Delivery): SignedHeaders | undefined {
  const [requestId, userId, timestamp, signature] = signatureHeaders.map((name) => headers[name]);
  return requestId && userId && timestamp && signature ? { requestId, userId, timestamp, signature } : undefined;
}

/** 64 bytes in hex. Checked, because Node's decoder silently truncates bad input. */
export const isHexSignature = ({ signature }: SignedHeaders): boolean => /^[0-9a-f]{128}$/i.test(signature);

/** Ed25519 over request id, user id, timestamp and the hex SHA-256 of the raw body, one per line, none at the end. */
export function isSignedBy(key: KeyObject, signed: SignedHeaders, body: Uint8Array): boolean {
  const { requestId, userId, timestamp, signature } = signed;
  const digest = createHash("sha256").update(body).digest("hex");
  const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"), "utf8");
  return verify(null, message, key, Buffer.from(signature, "hex"));
}
