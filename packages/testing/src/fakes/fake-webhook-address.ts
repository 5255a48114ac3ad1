import { createHmac } from "node:crypto";
import { webhookPath, type WebhookAddress } from "@likeness/core";

/**
 * Addresses whose tokens are computed synchronously: Web Crypto uses a separate thread, for which the test clock does
 * not wait.
 */
export function fakeWebhookAddress(): WebhookAddress {
  const tokenOf = (orderId: string): string =>
    createHmac("sha256", "a secret for tests").update(orderId).digest("base64url");
  return {
    urlFor: async (orderId) =>
      `https://likeness.example${webhookPath}?order=${encodeURIComponent(orderId)}&token=${tokenOf(orderId)}`,
    accepts: async (orderId, token) => token === tokenOf(orderId),
  };
}
