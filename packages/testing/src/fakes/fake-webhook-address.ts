import { createHmac } from "node:crypto";
import { webhookPath, type WebhookAddress } from "@likeness/core";

/**
 * Addresses whose tokens are made at once: WebCrypto answers from a thread of its own, for which a clock that the test
 * owns does not wait.
 */
export function fakeWebhookAddress(): WebhookAddress {
  const tokenOf = (trainingId: string): string =>
    createHmac("sha256", "a secret for tests").update(trainingId).digest("base64url");
  return {
    urlFor: async (trainingId) =>
      `https://likeness.example${webhookPath}?training=${encodeURIComponent(trainingId)}&token=${tokenOf(trainingId)}`,
    accepts: async (trainingId, token) => token === tokenOf(trainingId),
  };
}
