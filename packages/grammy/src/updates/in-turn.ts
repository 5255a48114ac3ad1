import { z } from "zod";

/** A piece of work; the same key twice is the same work. */
export interface Turn<T> {
  readonly lane: string;
  readonly key: string;
  /** Its place among the work that waits in the lane: the lowest is first. */
  readonly place: number;
  /** Gets the signal of the caller that runs it, which may be another one. `undefined`: another process does it. */
  readonly work: (signal: AbortSignal) => Promise<T | undefined>;
  /** Aborted when this caller must not go on with the work that other callers left to it. */
  readonly signal: AbortSignal;
}

/**
 * Runs work of the same lane one after the other. No caller waits: if another caller is running work in the lane, this
 * caller leaves its work to that one and gets `undefined`. This is in memory and keeps only the order: with several
 * processes, or after a crash, work may run in parallel or not at all, so the caller has to check again.
 */
export function inTurn<T>(): (turn: Turn<T>) => Promise<T | undefined> {
  const lanes = new Map<string, Map<string, Turn<T>>>();
  return async (turn) => {
    const { lane, key, signal } = turn;
    const busy = lanes.get(lane);
    if (busy) {
      if (!busy.has(key)) busy.set(key, turn);
      return undefined;
    }
    const left = new Map([[key, turn]]);
    lanes.set(lane, left);
    let own: Promise<T | undefined> = Promise.resolve(undefined);
    for (let next = firstOf(left); next && !signal.aborted; next = firstOf(left)) {
      const ended = next.work(signal);
      // Errors of others are ignored, because the caller that left the work checks it again.
      await ended.catch(() => undefined);
      left.delete(next.key);
      if (next === turn) own = ended;
    }
    lanes.delete(lane);
    return own;
  };
}

const firstOf = <T>(left: ReadonlyMap<string, Turn<T>>): Turn<T> | undefined =>
  [...left.values()].toSorted((one, other) => one.place - other.place)[0];

/**
 * Updates with the same lane are handled one after the other. In a private chat the chat's id is the person's, so what
 * they write and what they press share a lane, though Telegram delivers the two side by side.
 */
export function laneOf(update: unknown): string {
  const { data } = lanes.safeParse(update);
  const chat = data?.message?.chat ?? data?.edited_message?.chat ?? data?.my_chat_member?.chat;
  return String(chat?.id ?? data?.callback_query?.from.id ?? "others");
}

/** https://core.telegram.org/bots/api#update */
const inChat = z.object({ chat: z.object({ id: z.number() }) }).nullish();

const lanes = z.object({
  message: inChat,
  edited_message: inChat,
  my_chat_member: inChat,
  callback_query: z.object({ from: z.object({ id: z.number() }) }).nullish(),
});
