import { createHash, sign, type KeyObject } from "node:crypto";

export interface FalWebhookInput {
  /** An Ed25519 key. */
  readonly privateKey: KeyObject;
  readonly requestId: string;
  /** The fal account that the request belongs to. */
  readonly userId: string;
  /** Seconds since the Unix epoch. */
  readonly timestamp: number;
  /** Exactly the bytes that are sent. */
  readonly body: Uint8Array | string;
}

/**
 * Signs a webhook as fal does and returns its four headers: Ed25519, in hex, over request id, user id, timestamp and
 * the hex SHA-256 of the body, one a line. https://docs.fal.ai/model-endpoints/webhooks
 */
export function signFalWebhook(input: FalWebhookInput): Record<string, string> {
  const { privateKey, requestId, userId, timestamp, body } = input;
  const digest = createHash("sha256").update(body).digest("hex");
  const message = [requestId, userId, timestamp, digest].join("\n");
  return {
    "x-fal-webhook-request-id": requestId,
    "x-fal-webhook-user-id": userId,
    "x-fal-webhook-timestamp": String(timestamp),
    "x-fal-webhook-signature": sign(null, Buffer.from(message), privateKey).toString("hex"),
  };
}
