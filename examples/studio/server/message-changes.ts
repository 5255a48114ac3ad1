import type { ChatMessage, StudioEvents } from "../protocol.ts";

/** Finds the changes of the messages since the last call. */
export function messageChanges() {
  let known = new Map<number, string>();
  return (messages: readonly ChatMessage[]): StudioEvents["messages"] => {
    const now = new Map(messages.map((message) => [message.id, JSON.stringify(message)]));
    const changed = messages.filter(({ id }) => known.get(id) !== now.get(id));
    const gone = [...known.keys()].filter((id) => !now.has(id));
    known = now;
    return { changed, gone };
  };
}
