import { join } from "node:path";
import type { Identity } from "../keep/identity.ts";

export interface BotSettingsOptions {
  readonly identity: Identity;
  readonly data: string;
  readonly telegramUrl: string;
  readonly falUrl: string;
  readonly port: number;
  /** The URL at which fal and Telegram reach it. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly updates: "polling" | "webhook";
  /** Whether orders cost credits, and credits are sold. */
  readonly sells: boolean;
}

/** Play money. */
const shop = {
  CREDITS: "ledger",
  PRICE_TRAINING: "20",
  PRICE_IMAGE: "1",
  PRICE_UPSCALE: "2",
  STAR_PACKAGES: "10:50,30:120,100:350",
  SUPPORT: "@likeness_support",
};

/**
 * The reference bot's settings as an operator would write them. Only addresses and keys differ from production, and the
 * log level, so that the second panel shows more.
 */
export const botSettings = ({ identity, data, telegramUrl, falUrl, ...options }: BotSettingsOptions) => ({
  TELEGRAM_BOT_TOKEN: identity.botToken,
  TELEGRAM_API_ROOT: telegramUrl,
  TELEGRAM_MODE: options.updates,
  TELEGRAM_WEBHOOK_SECRET: identity.telegramSecret,
  FAL_KEY: identity.falKey,
  FAL_USER_ID: identity.falUserId,
  FAL_QUEUE_URL: falUrl,
  FAL_REST_URL: falUrl,
  FAL_API_URL: falUrl,
  FAL_JWKS_URL: `${falUrl}/.well-known/jwks.json`,
  PUBLIC_URL: options.publicUrl,
  WEBHOOK_SECRET: identity.webhookSecret,
  OPERATOR_TOKEN: identity.operatorToken,
  DATABASE_URL: options.databaseUrl,
  BLOBS: `disk:${join(data, "blobs")}`,
  HOST: "127.0.0.1",
  PORT: String(options.port),
  ...(options.sells && { ...shop, TERMS_URL: `http://127.0.0.1:${identity.ports.page}/terms` }),
  LOG_LEVEL: "debug",
});
