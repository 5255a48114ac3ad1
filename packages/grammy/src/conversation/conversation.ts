import type { AvatarKind, Gender, Timestamp } from "@likeness/core";

/** The step of the wizard. The avatar's own data are in the store; this is only what the wizard waits for. */
export type Step =
  | { readonly name: "idle" }
  | { readonly name: "kind" }
  | { readonly name: "gender"; readonly kind: AvatarKind }
  /** `avatarId`: chosen before the avatar is created, so that the same message handled twice creates one. */
  | { readonly name: "name"; readonly kind: AvatarKind; readonly gender: Gender; readonly avatarId: string }
  | { readonly name: "photos"; readonly avatarId: string }
  | { readonly name: "rename"; readonly avatarId: string }
  /** The next text is what is drawn with the avatar. */
  | { readonly name: "words"; readonly avatarId: string };

export type StepName = Step["name"];

/**
 * Photos that came together, and their one status message. A burst ends when its message shows the outcome of all of
 * them and stands below them, every rejected photo has its reply, and no photo has come for some seconds.
 */
export interface Burst {
  readonly avatarId: string;
  /** Number of its first photo. */
  readonly firstNumber: number;
  /** How many photos it has. */
  readonly photos: number;
  readonly lastArrivalAt: Timestamp;
  /** The status message, once there is one. */
  readonly messageId?: number;
  /** A digest of that message's content, so that the same content is not sent twice. */
  readonly shown?: string;
  readonly shownAt?: Timestamp;
  /** Numbers of the rejected photos that have a reply with the reason. */
  readonly told?: readonly number[];
  /** Since when another of these replies is being sent. */
  readonly tellingAt?: Timestamp;
  /** Whether the burst has ended. The name is stored. */
  readonly settled: boolean;
}

/** The photo that *undo* removes, stored before the removal, so that the same press handled twice removes one photo. */
export interface Undoing {
  /** The callback query of the press. */
  readonly queryId: string;
  readonly photoId: string;
  readonly number: number;
}

/** The boxes of the question for consent. */
export interface Consenting {
  /** Of the statements that were ticked, see `ConsentWording`. */
  readonly textHash: string;
  readonly ticked: readonly string[];
  /** The avatar with whose training the chat goes on. */
  readonly confirming?: string;
}

/** A person's own words for a picture, as buttons name them. */
export interface OwnWords {
  readonly id: string;
  /** With which they are drawn: they go when it is deleted. */
  readonly avatarId: string;
  readonly text: string;
}

/** An order that credits did not cover: what is shown again once more were bought. */
export interface Unpaid {
  /** The callback data that shows the card of the order. */
  readonly shows: string;
  /** The card. */
  readonly messageId?: number;
  /** Where it was. */
  readonly topicId?: number;
}

/**
 * One person's private chat with the bot, or a topic of it, stored in a row. All topics of a chat share the language,
 * the followed trainings and what could not be paid.
 */
export interface Conversation {
  /** BCP 47, from Telegram or chosen by button. */
  readonly locale: string;
  readonly localeChosen: boolean;
  readonly step: Step;
  /** Id of the message with the current step's question; absent while it was not asked. */
  readonly promptId?: number;
  /** The bot's newest message; a question above it would be overlooked. */
  readonly saidId?: number;
  /** The message that greeted a new person. */
  readonly greetingId?: number;
  /** The person's message that led to this step; if it is delivered again, it was handled already. */
  readonly answeredId?: number;
  readonly burst?: Burst;
  /** The last press on *undo*. */
  readonly undoing?: Undoing;
  /** The last own words for pictures; the buttons of older ones are old. */
  readonly words?: readonly OwnWords[];
  /**
   * A text that an app has sent in several messages, as it was too long for one: the first, when the newest came, and the
   * last, if that has come.
   */
  readonly pasted?: { readonly firstId: number; readonly lastAt: number; readonly endId?: number };
  /** What is ticked of the question for consent; there is nothing after the answer. */
  readonly consenting?: Consenting;
  /** Trainings with a progress message in this chat, in any topic, until that message shows their end. */
  readonly following?: readonly string[];
  /** The last order that credits did not cover, unless something was ordered since. */
  readonly unpaid?: Unpaid;
  /** The last hint, so that ten wrong messages at once get one. */
  readonly hinted?: { readonly about: string; readonly at: Timestamp };
}

export const freshConversation: Conversation = { locale: "en", localeChosen: false, step: { name: "idle" } };
