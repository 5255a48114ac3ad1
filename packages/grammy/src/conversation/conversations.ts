import type { Json, SessionRepository, StorageFailure } from "@likeness/core";
import { avatarKinds, genders } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../chat/actor.ts";
import { freshConversation, type Conversation, type Unpaid } from "./conversation.ts";
import type { Place } from "./place.ts";

const keyOf = (chatId: number): string => `telegram:chat:${chatId}`;

/** How often a change is repeated after a version conflict; ten photos at once need nine repetitions. */
const attempts = 50;

/**
 * Reads the conversation of a chat or a topic. If it cannot be parsed (another version of the bot), it counts as new.
 */
export const findConversation = (
  sessions: SessionRepository,
  place: Place,
): ResultAsync<Conversation, StorageFailure> =>
  sessions.find(keyOf(place.chatId)).map((session) => conversationIn(readChat(session?.value), place));

/**
 * Changes a conversation with compare-and-set: `change` gets the stored conversation and may run several times, so it
 * uses only its argument. If it returns the same object, nothing is written. Returns the conversation before and after.
 */
export function changeConversation(
  sessions: SessionRepository,
  place: Place,
  change: (conversation: Conversation) => Conversation,
): ResultAsync<Changed, StorageFailure> {
  let changed: Changed | undefined;
  return changeChat(sessions, place.chatId, (chat) => {
    const before = conversationIn(chat, place);
    const after = change(before);
    changed = { before, after };
    return after === before ? chat : withConversation(chat, place, after);
  }).map((chat) => changed ?? { before: conversationIn(chat, place), after: conversationIn(chat, place) });
}

export interface Changed {
  readonly before: Conversation;
  readonly after: Conversation;
}

/**
 * Stores where a training of an avatar, or a set of pictures, was ordered, so that its outcome is told there. What could
 * not be paid before is not shown again then.
 */
export const noteOrder = (
  sessions: SessionRepository,
  { chatId, topicId }: Place,
  orderedId: string,
): ResultAsync<void, StorageFailure> =>
  changeChat(sessions, chatId, (stored) => {
    const chat = withoutUnpaid(stored);
    const known = chat.orders?.find((order) => order.avatarId === orderedId);
    if (known?.topicId === topicId) return chat;
    const others = (chat.orders ?? []).filter((order) => order !== known);
    const orders =
      topicId === undefined ? others : [...others, { avatarId: orderedId, topicId }].slice(-rememberedOrders);
    return { ...chat, orders };
  }).map(() => undefined);

/** Reads where a training of an avatar, or a set of pictures, was ordered, and the language of that chat. */
export const findOrder = (
  sessions: SessionRepository,
  chatId: number,
  orderedId: string,
): ResultAsync<Place & Pick<Conversation, "locale">, StorageFailure> =>
  sessions.find(keyOf(chatId)).map((session) => {
    const { conversation, orders } = readChat(session?.value);
    const topicId = orders?.find((order) => order.avatarId === orderedId)?.topicId;
    return { chatId, locale: conversation.locale, ...(topicId !== undefined && { topicId }) };
  });

/** One row: the conversation in no topic, those of the topics, and in which of them trainings were ordered. */
type Chat = z.infer<typeof stored>;

/** Maximum number of topics without unfinished work that are stored, newest first. */
const rememberedTopics = 20;

const rememberedOrders = 20;

/** The same object if there is nothing to forget. */
function withoutUnpaid(chat: Chat): Chat {
  const { unpaid, ...conversation } = chat.conversation;
  return unpaid ? { ...chat, conversation } : chat;
}

/** Forgets what could not be paid, if it is still this. Returns whether it was. */
export function forgetUnpaid(
  sessions: SessionRepository,
  chatId: number,
  { shows, messageId }: Unpaid,
): ResultAsync<boolean, StorageFailure> {
  let isStill = false;
  return changeChat(sessions, chatId, (chat) => {
    const { unpaid } = chat.conversation;
    isStill = unpaid?.shows === shows && unpaid.messageId === messageId;
    return isStill ? withoutUnpaid(chat) : chat;
  }).map(() => isStill);
}

const conversationIn = ({ conversation, topics }: Chat, { topicId }: Place): Conversation => {
  if (topicId === undefined) return conversation;
  return { ...(topics?.[topicId] ?? { step: freshConversation.step }), ...shared.parse(conversation) };
};

function withConversation(chat: Chat, { topicId }: Place, after: Conversation): Chat {
  if (topicId === undefined) return { ...chat, conversation: after };
  const { locale, localeChosen, following, unpaid, ...rest } = after;
  const all: Record<string, z.infer<typeof going>> = { ...chat.topics, [topicId]: rest };
  const topics = Object.entries(all).toSorted(([left], [right]) => Number(right) - Number(left));
  const idle = topics
    .filter(([id, { step }]) => step.name === "idle" && Number(id) !== topicId)
    .slice(rememberedTopics);
  return {
    ...chat,
    conversation: { ...chat.conversation, locale, localeChosen, following, unpaid },
    topics: Object.fromEntries(topics.filter((topic) => !idle.includes(topic))),
  };
}

/** If `change` returns the same object, nothing is written. */
function changeChat(
  sessions: SessionRepository,
  chatId: number,
  change: (chat: Chat) => Chat,
  left = attempts,
): ResultAsync<Chat, StorageFailure> {
  const key = keyOf(chatId);
  return sessions.find(key).andThen((session) => {
    const before = readChat(session?.value);
    const after = change(before);
    if (after === before) return okAsync(after);
    return sessions
      .save({ key, ownerId: actorOf(chatId), value: asJson(after), version: session?.version ?? 0 })
      .map(() => after)
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return changeChat(sessions, chatId, change, left - 1);
      });
  });
}

const readChat = (value: unknown): Chat => stored.safeParse(value).data ?? { shape, conversation: freshConversation };

/** As JSON: what is undefined is absent. */
const asJson = (chat: Chat): Json => JSON.parse(JSON.stringify(chat));

/** Incremented when the stored format changes incompatibly. */
const shape = 1;

const avatarId = z.string();
const kind = z.enum(avatarKinds);

/** The schema of a stored step. */
export const storedStep = z.discriminatedUnion("name", [
  z.object({ name: z.literal("idle") }),
  z.object({ name: z.literal("kind") }),
  z.object({ name: z.literal("gender"), kind }),
  z.object({ name: z.literal("name"), kind, gender: z.enum(genders), avatarId }),
  z.object({ name: z.literal("photos"), avatarId }),
  z.object({ name: z.literal("rename"), avatarId }),
  z.object({ name: z.literal("words"), avatarId }),
]);

/** The fields that all topics of a chat share. */
const shared = z.object({
  locale: z.string(),
  localeChosen: z.boolean(),
  following: z.array(z.string()).readonly().optional(),
  unpaid: z.object({ shows: z.string(), messageId: z.number().optional(), topicId: z.number().optional() }).optional(),
});

const going = z.object({
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
      told: z.array(z.number()).readonly().optional(),
      tellingAt: z.string().optional(),
      settled: z.boolean(),
    })
    .optional(),
  undoing: z.object({ queryId: z.string(), photoId: z.string(), number: z.number() }).optional(),
  words: z
    .array(z.object({ id: z.string(), avatarId, text: z.string() }))
    .readonly()
    .optional(),
  pasted: z.object({ firstId: z.number(), lastAt: z.number(), endId: z.number().optional() }).optional(),
  consenting: z
    .object({ textHash: z.string(), ticked: z.array(z.string()).readonly(), confirming: avatarId.optional() })
    .optional(),
  hinted: z.object({ about: z.string(), at: z.string() }).optional(),
});

const stored = z.object({
  shape: z.literal(shape),
  conversation: going.extend(shared.shape),
  topics: z.record(z.string(), going).optional(),
  /** `avatarId`: or the id of a set of pictures. The name is stored. */
  orders: z.array(z.object({ avatarId, topicId: z.number() })).optional(),
});
