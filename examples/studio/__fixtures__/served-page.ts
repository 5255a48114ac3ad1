import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { activities, type Activities } from "../behind/activities.ts";
import { troubles as words, type BotStatus, type TroubleName } from "../protocol.ts";
import { develop, asJpeg } from "../samples/develop.ts";
import { personBySeed, portrait } from "../samples/portrait.ts";
import type { OperatorAddress } from "../server/operator-route.ts";
import { studioServer } from "../server/studio-server.ts";
import { scriptedChat, type ScriptedChat } from "./scripted-chat.ts";
import { scriptedTroubles, type ScriptedTroubles } from "./scripted-troubles.ts";

export interface ServedPage {
  readonly chat: ScriptedChat;
  readonly behind: Activities;
  readonly troubles: ScriptedTroubles;
  readonly url: string;
  /** The bot of that name, or the only one. */
  become(status: BotStatus): void;
  /** Restarts the server at the same address, with the same state. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
}

const photo = asJpeg(await develop(portrait(personBySeed(0), 7), 7));

/** The page with its real server, on a scripted chat. There is one picture: `/files/photo`. Several bots have names. */
export async function servedPage(
  names: readonly string[] = [],
  operator: OperatorAddress = { port: 9, token: "nobody" },
): Promise<ServedPage> {
  const chat = scriptedChat({ photo: await photo });
  const behind = activities();
  const troubles = scriptedTroubles(Object.keys(words) as TroubleName[], names);
  const listeners = new Set<() => void>();
  const statuses = new Map<string | undefined, BotStatus>();
  const bots = (names.length > 0 ? names : [undefined]).map((name) => ({
    status: () => statuses.get(name) ?? ({ name, state: "running", line: "" } as const),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  }));
  const drawAlbum = async () => [{ name: "sample.jpg", bytes: await photo }];
  const start = async (port: number): Promise<[FastifyInstance, string]> => {
    const server = await studioServer({ chat, activities: behind, bots, troubles, drawAlbum, operator });
    return [server, await server.listen({ host: "127.0.0.1", port })];
  };
  let [server, url] = await start(0);
  onTestFinished(() => server.close());
  return {
    chat,
    behind,
    troubles,
    url,
    become: (next) => {
      statuses.set(next.name, next);
      for (const listener of listeners) listener();
    },
    restart: async (meanwhile) => {
      await server.close();
      await meanwhile();
      [server, url] = await start(Number(new URL(url).port));
    },
  };
}
