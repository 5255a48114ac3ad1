import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { readKept } from "./read-kept.ts";
import { writeSafely } from "./write-safely.ts";

/** The addresses and secrets of one studio. They are stored, because the bot's data contain some of them. */
export interface Identity {
  /** The ports; fal and Telegram reach the bot at its own. */
  readonly ports: { readonly page: number; readonly telegram: number; readonly fal: number; readonly bot: number };
  readonly botToken: string;
  readonly falKey: string;
  readonly falUserId: string;
  readonly webhookSecret: string;
  readonly telegramSecret: string;
  readonly operatorToken: string;
}

const secret = (): string => randomBytes(32).toString("base64url");

/** `port` is the page's; the other ports follow it. */
const newIdentity = (port: number): Identity => ({
  ports: { page: port, telegram: port + 1, fal: port + 2, bot: port + 3 },
  botToken: `${randomInt(1e9, 1e10)}:${secret()}`,
  falKey: `${randomUUID()}:${secret()}`,
  falUserId: `studio-${randomInt(1e9)}`,
  webhookSecret: secret(),
  telegramSecret: secret(),
  operatorToken: secret(),
});

export const keptIdentity = (file: string): Promise<Identity | undefined> => readKept<Identity>(file);

/** The stored identity, or a new one, which is stored at once, before any data depend on its secrets. */
export async function openIdentity(file: string, port: number): Promise<Identity> {
  // Completed, because an older version may not have stored all fields.
  const identity = { ...newIdentity(port), ...(await readKept<Partial<Identity>>(file)) };
  await keepIdentity(file, identity);
  return identity;
}

export const keepIdentity = (file: string, identity: Identity): Promise<void> =>
  writeSafely(file, JSON.stringify(identity, undefined, 2));
