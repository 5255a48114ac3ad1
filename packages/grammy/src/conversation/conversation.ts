import type { AvatarKind, Gender, Timestamp } from "@likeness/core";

/** Where the wizard stands. The draft in the store is the truth about the avatar; this is only what is asked now. */
export type Step =
  | { readonly name: "idle" }
  | { readonly name: "kind" }
  | { readonly name: "gender"; readonly kind: AvatarKind }
  /** `avatarId`: chosen before the avatar is created, so that the same message handled twice creates one. */
  | { readonly name: "name"; readonly kind: AvatarKind; readonly gender: Gender; readonly avatarId: string }
  | { readonly name: "photos"; readonly avatarId: string }
  | { readonly name: "rename"; readonly avatarId: string };

export type StepName = Step["name"];

/**
 * Photos that came together, and the one message that tells how they fared. A burst ends when its message shows all of
 * them settled and stands below them, every photo that was not taken has its reply, and nothing more has come for some
 * seconds.
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
  /** What that message shows, as a digest: the same is not sent twice. */
  readonly shown?: string;
  readonly shownAt?: Timestamp;
  /** Numbers of the photos of which a reply said why they were not taken. */
  readonly told?: readonly number[];
  /** Since when one more of these replies is being sent. */
  readonly tellingAt?: Timestamp;
  /** Everything in it is judged and shown. */
  readonly settled: boolean;
}

/** What *undo* takes away, written down before it does: the same press handled twice takes one photo. */
export interface Undoing {
  /** The callback query of the press. */
  readonly queryId: string;
  readonly photoId: string;
  readonly number: number;
}

/**
 * One person's private chat with the bot, or a topic of it: in a row, not in memory. All of a chat share the language and
 * what is followed.
 */
export interface Conversation {
  /** BCP 47, from Telegram or chosen by button. */
  readonly locale: string;
  readonly localeChosen: boolean;
  readonly step: Step;
  /** Message that asks what the present step waits for; absent while the person has not been asked. */
  readonly promptId?: number;
  /** The newest message of the chat with them; a question that stands above it would be overlooked. */
  readonly saidId?: number;
  /** The greeting of somebody new. */
  readonly greetingId?: number;
  /** Message of the person that led here: when it comes again, it has been dealt with. */
  readonly answeredId?: number;
  readonly burst?: Burst;
  /** Of the last press on *undo*. */
  readonly undoing?: Undoing;
  /** Trainings whose progress is shown in a message of this chat, in whichever topic, until that shows how they ended. */
  readonly following?: readonly string[];
  /** The last hint, so that ten wrong messages at once get one. */
  readonly hinted?: { readonly about: string; readonly at: Timestamp };
}

export const freshConversation: Conversation = { locale: "en", localeChosen: false, step: { name: "idle" } };
