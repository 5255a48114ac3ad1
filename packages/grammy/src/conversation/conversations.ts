import type { SessionRepository, StorageFailure } from "@likeness/core";
import { avatarKinds, genders } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { freshConversation, type Conversation } from "./conversation.ts";

const keyOf = (chatId: number): string => `telegram:chat:${chatId}`;

/** How often a change is decided anew because another one came in between; ten photos at once need nine. */
const attempts = 50;

/** What is remembered about a chat. What cannot be read (another version of the bot) counts as nothing. */
export const findConversation = (
  sessions: SessionRepository,
  chatId: number,
): ResultAsync<Conversation, StorageFailure> =>
  sessions.find(keyOf(chatId)).map((session) => readConversation(session?.value));

/**
 * Changes a conversation with compare-and-set: `change` sees what is stored now and may run several times, so it decides
 * from its argument alone. Returning the same object writes nothing. Gives what is stored afterwards, and what was before.
 */
export function changeConversation(
  sessions: SessionRepository,
  chatId: number,
  change: (conversation: Conversation) => Conversation,
  left = attempts,
): ResultAsync<Changed, StorageFailure> {
  const key = keyOf(chatId);
  return sessions.find(key).andThen((session) => {
    const before = readConversation(session?.value);
    const after = change(before);
    if (after === before) return okAsync({ before, after });
    return sessions
      .save({ key, value: writeConversation(after), version: session?.version ?? 0 })
      .map(() => ({ before, after }))
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return changeConversation(sessions, chatId, change, left - 1);
      });
  });
}

export interface Changed {
  readonly before: Conversation;
  readonly after: Conversation;
}

function readConversation(value: unknown): Conversation {
  const read = stored.safeParse(value);
  return read.success ? read.data.conversation : freshConversation;
}

/** As JSON: what is undefined is absent. */
const writeConversation = (conversation: Conversation) =>
  z.json().parse(JSON.parse(JSON.stringify({ shape, conversation })));

/** Counts up when a stored conversation can no longer be read as it was. */
const shape = 1;

const avatarId = z.string();
const kind = z.enum(avatarKinds);

/** A step as it was written down. */
export const storedStep = z.discriminatedUnion("name", [
  z.object({ name: z.literal("idle") }),
  z.object({ name: z.literal("kind") }),
  z.object({ name: z.literal("gender"), kind }),
  z.object({ name: z.literal("name"), kind, gender: z.enum(genders), avatarId }),
  z.object({ name: z.literal("photos"), avatarId }),
  z.object({ name: z.literal("rename"), avatarId }),
]);

const stored = z.object({
  shape: z.literal(shape),
  conversation: z.object({
    locale: z.string(),
    localeChosen: z.boolean(),
    step: storedStep,
    promptId: z.number().optional(),
    saidId: z.number().optional(),
    greetingId: z.number().optional(),
    answeredId: z.number().optional(),
    burst: z
      .object({
        avatarId,
        firstNumber: z.number(),
        photos: z.number(),
        lastArrivalAt: z.string(),
        messageId: z.number().optional(),
        shown: z.string().optional(),
        shownAt: z.string().optional(),
        told: z.array(z.number()).optional(),
        tellingAt: z.string().optional(),
        settled: z.boolean(),
      })
      .optional(),
    undoing: z.object({ queryId: z.string(), photoId: z.string(), number: z.number() }).optional(),
    following: z.array(z.string()).optional(),
    hinted: z.object({ about: z.string(), at: z.string() }).optional(),
  }),
});
