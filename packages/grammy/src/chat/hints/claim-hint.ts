import { secondsBetween, type StorageFailure } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Conversation } from "../../conversation/conversation.ts";
import { changeConversation } from "../../conversation/conversations.ts";
import type { Place } from "../../conversation/place.ts";
import type { ChatPorts } from "../chat-ports.ts";

/**
 * What a hint answers. Messages of the same topic at the same moment, or of the same album, get one hint. `date`: when
 * the person sent it, in seconds since 1970; absent: it is not known whether that was before the last hint.
 */
export interface HintTopic {
  readonly topic: string;
  readonly group?: string;
  readonly date?: number;
}

const sameBurstSeconds = 5;

/**
 * Whether the caller may send the hint now. The claim is stored before anything is sent, so that of several callers at
 * once, in any number of processes, only one gets true.
 */
export function claimHint(
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  place: Place,
  asked: HintTopic,
): ResultAsync<boolean, StorageFailure> {
  const at = clock.now();
  const about = JSON.stringify([asked.topic, asked.group]);
  let claimed = false;
  return changeConversation(store.sessions, place, (conversation) => {
    claimed = !isHinted(conversation, asked, at);
    // An album may arrive over many seconds, with another one in between, so the last message of both is compared.
    return claimed || asked.group !== undefined ? { ...conversation, hinted: { about, at } } : conversation;
  }).map(() => claimed);
}

function isHinted({ hinted }: Conversation, { topic, group, date }: HintTopic, at: string): boolean {
  if (!hinted) return false;
  const [lastTopic, lastGroup] = readAbout(hinted.about);
  if (group !== undefined && lastGroup === group) return true;
  // Telegram's dates are rounded down to seconds: a message in the second of the hint may have been sent before it.
  const isAnswered = date === undefined || date * 1_000 <= Date.parse(hinted.at);
  return lastTopic === topic && isAnswered && secondsBetween(hinted.at, at) < sameBurstSeconds;
}

function readAbout(about: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(about);
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}
