import type { Activities } from "../behind/activities.ts";
import type { Chat } from "../chat/chat.ts";
import type { BotStatus, Activity, ChatMessage, StudioEvents } from "../protocol.ts";
import type { Troubles } from "../trouble/open-troubles.ts";
import type { EventStream } from "./event-stream.ts";
import { debounced } from "./debounced.ts";

export interface Stage {
  readonly chat: Chat;
  readonly activities: Activities;
  readonly bots: readonly { status(): BotStatus; subscribe(listener: () => void): () => void }[];
  readonly troubles: Pick<Troubles, "all" | "subscribe">;
}

/**
 * Sends changes to the pages, at most a few times per second. `tell` sends them at once; it is called before a new page
 * gets the whole state, so that no change falls between that state and the next event.
 */
export function follow(
  { chat, activities, bots, troubles }: Stage,
  stream: EventStream,
): { tell(): void; stop(): void } {
  const changes = messageChanges();
  changes(chat.messages());
  let room = JSON.stringify(chat.room());
  let newest: Activity[] = [];

  const tellChat = debounced(() => {
    const messages = changes(chat.messages());
    if (messages.changed.length + messages.gone.length > 0) stream.send("messages", messages);
    const current = chat.room();
    const serialized = JSON.stringify(current);
    if (serialized !== room) stream.send("room", current);
    room = serialized;
  });
  const tellActivities = debounced(() => {
    stream.send("activities", newest);
    newest = [];
  });

  const leave = [
    chat.subscribe(tellChat.soon),
    activities.subscribe((activity) => {
      newest.push(activity);
      tellActivities.soon();
    }),
    ...bots.map((bot) => bot.subscribe(() => stream.send("bots", statusOf(bots)))),
    troubles.subscribe(() => stream.send("troubles", troubles.all())),
    tellChat.cancel,
    tellActivities.cancel,
  ];
  return {
    tell: () => {
      tellChat.now();
      tellActivities.now();
    },
    stop: () => leave.forEach((stop) => stop()),
  };
}

/** The status of every bot. */
export const statusOf = (bots: Stage["bots"]): readonly BotStatus[] => bots.map(({ status }) => status());

/** Finds the changes of the messages since the last call. */
function messageChanges() {
  let known = new Map<number, string>();
  return (messages: readonly ChatMessage[]): StudioEvents["messages"] => {
    const now = new Map(messages.map((message) => [message.id, JSON.stringify(message)]));
    const changed = messages.filter(({ id }) => known.get(id) !== now.get(id));
    const gone = [...known.keys()].filter((id) => !now.has(id));
    known = now;
    return { changed, gone };
  };
}
