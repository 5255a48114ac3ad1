import { addSeconds } from "@likeness/core";
import type { Update } from "grammy/types";
import type { Timers } from "@likeness/fake-server/timers";
import { remember } from "../state/remember.ts";
import type { QueuedUpdate, TelegramState } from "../state/telegram-snapshot.ts";

export type NewUpdate = Omit<Update, "update_id">;

/** The updates that wait for the bot. https://core.telegram.org/bots/api#getting-updates */
export interface UpdateQueue {
  /** Adds an update, unless the bot has not asked for its type. */
  add(update: NewUpdate): void;
  /** The updates that have not expired, in order. */
  pending(): readonly QueuedUpdate[];
  /** Drops all updates before this number; a negative number keeps that many of the last. */
  confirm(offset: number): void;
  remove(entry: QueuedUpdate): void;
  clear(): void;
  again(updateId: number): void;
  hold(): void;
  release(order?: "reversed"): void;
  /** Calls back when something was added. */
  onAdded(listener: () => void): () => void;
  /** Everything that was ever added, oldest first. */
  readonly history: readonly Update[];
}

export function updateQueue(state: TelegramState, timers: Timers): UpdateQueue {
  const listeners = new Set<() => void>();
  const history: Update[] = [];
  // Deferred, so that several updates added in a row cause one call.
  let announced = false;

  const announce = (): void => {
    if (announced) return;
    announced = true;
    queueMicrotask(() => {
      announced = false;
      for (const listener of listeners) listener();
    });
  };

  const queue = (news: NewUpdate): void => {
    const kind = kinds.find(({ field }) => news[field] !== undefined);
    if (!kind || !isAllowed(state.allowedUpdates, kind.field)) return;
    const update: Update = { update_id: state.next.update++, ...news };
    const expiresAt = addSeconds(timers.now(), kind.seconds);
    state.updates = [...state.updates, { update, queue: kind.queue(update), expiresAt }];
    remember(history, update);
    announce();
  };

  return {
    add: (news) => {
      if (state.held) state.held = [...state.held, news];
      else queue(news);
    },
    pending: () => {
      const now = timers.now();
      state.updates = state.updates.filter(({ expiresAt }) => expiresAt > now);
      return state.updates;
    },
    confirm: (offset) => {
      if (offset < 0) state.updates = state.updates.slice(offset);
      else state.updates = state.updates.filter(({ update, again }) => again || update.update_id >= offset);
    },
    remove: (entry) => void (state.updates = state.updates.filter((other) => other !== entry)),
    clear: () => void (state.updates = []),
    again: (updateId) => {
      const update = history.find(({ update_id }) => update_id === updateId);
      if (!update) throw new Error(`There was no update ${updateId}`);
      const expiresAt = addSeconds(timers.now(), day);
      state.updates = [{ update, queue: `again:${updateId}`, expiresAt, again: true }, ...state.updates];
      announce();
    },
    hold: () => void (state.held ??= []),
    release: (order) => {
      const held = state.held ?? [];
      state.held = null;
      for (const update of order === "reversed" ? held.toReversed() : held) queue(update);
    },
    onAdded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    history,
  };
}

const day = 24 * 60 * 60;

/**
 * The supported types, how long they are kept, and their queue: Telegram sends the updates of one chat, or the presses
 * of one person, to a webhook one after another. https://github.com/tdlib/telegram-bot-api, `add_update`
 */
const kinds = [
  { field: "message", seconds: day, queue: ({ message }: Update) => `chat:${message?.chat.id}` },
  { field: "edited_message", seconds: day, queue: ({ edited_message }: Update) => `chat:${edited_message?.chat.id}` },
  { field: "callback_query", seconds: 150, queue: ({ callback_query }: Update) => `press:${callback_query?.from.id}` },
  {
    field: "pre_checkout_query",
    seconds: 150,
    queue: ({ pre_checkout_query }: Update) => `checkout:${pre_checkout_query?.from.id}`,
  },
  { field: "my_chat_member", seconds: day, queue: ({ my_chat_member }: Update) => `member:${my_chat_member?.chat.id}` },
] as const;

const isAllowed = (allowed: readonly string[], kind: string): boolean => allowed.length === 0 || allowed.includes(kind);
