import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { readKept } from "./read-kept.ts";
import { writeSafely } from "./write-safely.ts";

/** The addresses and secrets of one studio. They outlive it, because the bot's data holds some of them. */
export interface Identity {
  /** That of the bot is where fal and Telegram reach it. */
  readonly ports: { readonly page: number; readonly telegram: number; readonly fal: number; readonly bot: number };
  readonly botToken: string;
  readonly falKey: string;
  readonly falUserId: string;
  readonly webhookSecret: string;
  readonly telegramSecret: string;
}

const secret = (): string => randomBytes(32).toString("base64url");

/** The port is the page's; those of the others come after it. */
const newIdentity = (port: number): Identity => ({
  ports: { page: port, telegram: port + 1, fal: port + 2, bot: port + 3 },
  botToken: `${randomInt(1e9, 1e10)}:${secret()}`,
  falKey: `${randomUUID()}:${secret()}`,
  falUserId: `studio-${randomInt(1e9)}`,
  webhookSecret: secret(),
  telegramSecret: secret(),
});

export const keptIdentity = (file: string): Promise<Identity | undefined> => readKept<Identity>(file);

/** The one that was kept there, or a new one, which is kept at once: what is made with its secrets will need them. */
export async function openIdentity(file: string, port: number): Promise<Identity> {
  // An older studio may not have kept all of it.
  const identity = { ...newIdentity(port), ...(await readKept<Partial<Identity>>(file)) };
  await keepIdentity(file, identity);
  return identity;
}

export const keepIdentity = (file: string, identity: Identity): Promise<void> =>
  writeSafely(file, JSON.stringify(identity, undefined, 2));
