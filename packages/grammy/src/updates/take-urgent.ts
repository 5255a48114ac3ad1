import type { Log } from "@likeness/core";
import type { Update } from "grammy/types";
import type { ReceiveUpdate } from "./receive-update.ts";

/** The only updates that Telegram takes back after ten seconds: https://core.telegram.org/bots/api#precheckoutquery */
export const isUrgent = (update: unknown): update is Update =>
  typeof update === "object" && update !== null && "pre_checkout_query" in update;

/** Receives the urgent updates of a batch, once each and without waiting for them. */
export function takeUrgent(receive: ReceiveUpdate, log: Log) {
  const taken = new Set<number>();
  const underWay = new Set<Promise<void>>();

  const start = (update: Update): void => {
    const { update_id: updateId } = update;
    taken.add(updateId);
    const working = receive(update)
      .match(
        () => undefined,
        ({ type }) => log.warn({ updateId, error: type }, "an urgent update could not be received"),
      )
      .finally(() => underWay.delete(working));
    underWay.add(working);
  };

  return {
    take: (updates: readonly Update[]): void => {
      for (const update of updates) if (isUrgent(update) && !taken.has(update.update_id)) start(update);
    },
    has: ({ update_id: updateId }: Update): boolean => taken.has(updateId),
    /** Forgets those that Telegram will not send again. */
    forget: (offset: number): void => {
      for (const id of taken) if (id < offset) taken.delete(id);
    },
    ended: async (): Promise<void> => void (await Promise.all(underWay)),
  };
}
