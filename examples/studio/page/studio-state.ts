import type { BotStatus, ChatMessage, ChatRoom, Activity, StudioEvents, TroubleStatus } from "../protocol.ts";

const keptActivities = 500;

/** The state of the page, all of which comes from the server. */
export interface StudioState {
  readonly room: ChatRoom;
  readonly messages: readonly ChatMessage[];
  readonly activities: readonly Activity[];
  readonly bots: readonly BotStatus[];
  readonly troubles: readonly TroubleStatus[];
  readonly connected: boolean;
}

type Named = { readonly [Name in keyof StudioEvents]: { readonly name: Name; readonly data: StudioEvents[Name] } };
export type StudioEvent = Named[keyof Named] | { readonly name: "lost" };

/** `undefined` until the server has sent the whole state for the first time. */
export function reduce(state: StudioState | undefined, event: StudioEvent): StudioState | undefined {
  if (event.name === "all") return { ...event.data, connected: true };
  if (!state) return undefined;
  switch (event.name) {
    case "lost":
      return { ...state, connected: false };
    case "room":
      return { ...state, room: event.data };
    case "bots":
      return { ...state, bots: event.data };
    case "troubles":
      return { ...state, troubles: event.data };
    case "activities":
      return { ...state, activities: [...state.activities, ...event.data].slice(-keptActivities) };
    case "messages":
      return { ...state, messages: withChanges(state.messages, event.data) };
  }
}

function withChanges(
  messages: readonly ChatMessage[],
  { changed, gone }: StudioEvents["messages"],
): readonly ChatMessage[] {
  const byId = new Map([...messages, ...changed].map((message) => [message.id, message]));
  for (const id of gone) byId.delete(id);
  return [...byId.values()].toSorted((one, other) => one.id - other.id);
}
