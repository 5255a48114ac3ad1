import { join } from "node:path";
import { serveTelegramFake, telegramFake, type TelegramFake, type TelegramSnapshot } from "@likeness/grammy/testing";
import { delayedWriter } from "../keep/delayed-writer.ts";
import { keptSnapshot } from "../keep/kept-snapshot.ts";
import { onPort } from "./on-port.ts";
import type { FakeOptions } from "./fake-options.ts";

export interface OpenTelegram {
  readonly fake: TelegramFake;
  readonly url: string;
  /** The snapshot from which it was started. */
  readonly snapshot: TelegramSnapshot | undefined;
  close(): Promise<void>;
}

/** The fake Telegram of the studio, continued from its snapshot. */
export async function openTelegram({ identity, data, onTrouble }: FakeOptions): Promise<OpenTelegram> {
  const kept = keptSnapshot<TelegramSnapshot>(join(data, "telegram"));
  const snapshot = skipNumbers(await kept.read());
  const fake = telegramFake({ token: identity.botToken, snapshot });
  const { soon, flush } = delayedWriter(() => kept.write(fake.snapshot()), onTrouble);
  fake.control.subscribe(soon);
  const { url, close } = await onPort(identity.ports.telegram, (port) => serveTelegramFake(fake, { port }));
  return {
    fake,
    url,
    snapshot,
    close: async () => {
      await close();
      await fake.close();
      soon();
      await flush();
    },
  };
}

const skipped = 1_000;

/**
 * After a kill of the studio, the snapshot may miss the last moment, but the bot's database does not. So numbers of
 * that moment are skipped: if they were used again, the bot would take new updates for known ones.
 */
function skipNumbers(snapshot: TelegramSnapshot | undefined): TelegramSnapshot | undefined {
  if (!snapshot) return undefined;
  const next = { ...snapshot.next };
  for (const kind of Object.keys(next) as (keyof typeof next)[]) next[kind] += skipped;
  return { ...snapshot, next };
}
