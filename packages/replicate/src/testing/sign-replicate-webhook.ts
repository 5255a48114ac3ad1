import { keyIn, signatureOf } from "../webhooks/standard-signature.ts";

export interface ReplicateWebhookInput {
  /** `whsec_…`; several while a secret is changed, each of which signs. */
  readonly secrets: readonly string[];
  /** The same for each attempt of one delivery. */
  readonly id: string;
  /** Seconds since the Unix epoch. */
  readonly timestamp: number;
  readonly body: Uint8Array | string;
}

/** The headers of a webhook as Replicate signs it. */
export function signReplicateWebhook({ secrets, id, timestamp, body }: ReplicateWebhookInput): Record<string, string> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const signatures = secrets.map((secret) => {
    const key = keyIn(secret);
    if (!key) throw new Error("a webhook secret must be base64 of 16 bytes or more, e.g. whsec_…");
    return `v1,${signatureOf(key, `${id}.${timestamp}.`, bytes)}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
