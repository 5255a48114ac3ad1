import { createHmac } from "node:crypto";
import { webhookPath, type WebhookAddress } from "@likeness/core";

/**
 * Addresses whose tokens are computed synchronously: Web Crypto uses a separate thread, for which the test clock does
 * not wait.
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
