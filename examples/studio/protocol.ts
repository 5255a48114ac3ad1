/** The messages between the page and its server. Plain JSON, so that neither imports code of the other. */

/** A formatted part of a text; offsets and lengths are UTF-16 units, as in JavaScript. */
export interface ChatEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

export interface ChatButton {
  readonly text: string;
  /** The data that the bot gets when it is pressed. Without it, the button cannot be pressed. */
  readonly data?: string;
  readonly url?: string;
  /** What the app does itself: pays an invoice, or plays Telegram’s support, which gives a payment back. */
  readonly act?: "pay" | "refund";
}

export interface ChatPhoto {
  /** The studio's address of the picture, because Telegram's would hold the bot's token. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface ChatDocument {
  readonly url: string;
  readonly name: string;
  readonly bytes?: number;
}

export interface ChatMessage {
  readonly id: number;
  /** `service`: a grey line in the middle, which neither the person nor the bot has written. */
  readonly from: "person" | "bot" | "service";
  /** Unix time in seconds. */
  readonly at: number;
  readonly edited: boolean;
  /** The text of a message, or the caption of its media. */
  readonly text: string;
  readonly entities: readonly ChatEntity[];
  readonly photo?: ChatPhoto;
  readonly document?: ChatDocument;
  /** Content that the page names but does not show, e.g. a voice message. */
  readonly other?: string;
  /** Messages of an album have the same value. */
  readonly album?: string;
  readonly replyTo?: number;
  readonly buttons: readonly (readonly ChatButton[])[];
}

export interface ChatCommand {
  readonly command: string;
  readonly description: string;
}

export const languages = { en: "English", ru: "Русский", kk: "Қазақша" } as const;
export type Language = keyof typeof languages;

/** The state of the chat, without its messages. */
export interface ChatRoom {
  readonly botName: string;
  readonly commands: readonly ChatCommand[];
  readonly language: Language;
  readonly blocked: boolean;
  /** The bot's current action, e.g. `typing`, as long as it is valid. */
  readonly action?: string;
}

/** The kinds of activity behind the chat, each with its label and description. */
export const kinds = {
  message: { label: "Message", about: "updates to the bot and its calls to Telegram" },
  fal: { label: "fal", about: "requests of the bot to fal" },
  webhook: { label: "Webhook", about: "fal telling the bot how an order ended" },
  state: { label: "State", about: "changes of avatars, photos, trainings and pictures" },
  job: { label: "Job", about: "work that the bot does on its own" },
  bot: { label: "Bot", about: "the process itself, and whatever else it says" },
  trouble: { label: "Trouble", about: "what was made to go wrong, and how the bot coped" },
} as const;
export type Kind = keyof typeof kinds;

/** One thing that a bot, fal or Telegram did. */
export interface Activity {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: Kind;
  readonly line: string;
  readonly trouble: boolean;
  readonly details?: string;
  /** Equal for repetitions of the same activity; absent if it is never folded. */
  readonly gist?: string;
}

/** A bot's process. `line` is for people. */
export interface BotStatus {
  /** Its name among several bots, e.g. `Bot 2`; absent if it is the only one. */
  readonly name?: string;
  readonly state: "starting" | "running" | "waiting" | "stopped";
  readonly line: string;
}

/**
 * The troubles that can be started, with their texts. `armed` says what it waits for; without it, it happens at once.
 */
export const troubles = {
  "webhook-lost": {
    label: "Lose the webhook",
    about:
      "fal’s word that a training or a picture has ended never arrives; you read it some seconds late, because the bot also asks.",
    armed: "Waits for the next training or picture to end.",
  },
  "webhook-twice": {
    label: "Repeat the webhook",
    about: "fal’s word that a training or a picture has ended comes twice; you still read it once.",
    armed: "Waits for the next training or picture to end.",
  },
  "training-fails": {
    label: "Fail the training",
    about: "The training under way, or else the next one, fails at fal; you read why, and can train again.",
    armed: "Waits for the next training to be ordered.",
  },
  "answer-lost": {
    label: "Lose the training’s answer",
    about:
      "fal takes the next training, but its answer is lost; you read that it is being checked, then how it ended, and it is ordered once.",
    armed: "Waits for the next training to be ordered.",
  },
  "picture-blocked": {
    label: "Block a picture",
    about:
      "fal’s filter flags the next picture; it is neither shown nor charged, and you read so if you had ordered it.",
    armed: "Waits for the next picture to be ordered.",
  },
  "picture-answer-lost": {
    label: "Lose the picture’s answer",
    about:
      "fal takes the next picture, but its answer and its webhook are lost; the bot finds it by its seed, and it is ordered once.",
    armed: "Waits for the next picture to be ordered.",
  },
  "telegram-busy": {
    label: "Keep Telegram busy",
    about:
      "Telegram refuses the bot’s messages for a minute (429); the bot waits as told, and its news reach you late, but once.",
    armed: "Ends by itself after a minute.",
  },
  "bot-killed": {
    label: "Kill the bot",
    about: "Its process ends at once (SIGKILL) and is started again after a second; it goes on where it was.",
  },
  "database-restarted": {
    label: "Restart the database",
    about: "The server cuts every connection and comes back; the bot repeats what was cut off, and you wait a little.",
  },
} as const satisfies Record<string, { readonly label: string; readonly about: string; readonly armed?: string }>;
export type TroubleName = keyof typeof troubles;

/** `busy`: it cannot be started now, because it was started a moment ago. */
export type TroubleState = "off" | "armed" | "busy";

export interface TroubleStatus {
  readonly name: TroubleName;
  /** The bot that it concerns, where there are several. */
  readonly bot?: string;
  readonly state: TroubleState;
}

/** The events of the stream: `all` at every (re)connection, then the changes. */
export interface StudioEvents {
  readonly all: {
    readonly room: ChatRoom;
    readonly messages: readonly ChatMessage[];
    readonly activities: readonly Activity[];
    readonly bots: readonly BotStatus[];
    /** The troubles that this studio supports. */
    readonly troubles: readonly TroubleStatus[];
  };
  readonly room: ChatRoom;
  readonly messages: { readonly changed: readonly ChatMessage[]; readonly gone: readonly number[] };
  readonly activities: readonly Activity[];
  readonly bots: readonly BotStatus[];
  readonly troubles: readonly TroubleStatus[];
}

/** The bot's answer to a pressed button; not in time, or none because the button is gone. */
export type PressAnswer =
  | { readonly type: "answered"; readonly text?: string; readonly alert: boolean }
  | { readonly type: "unanswered" | "gone" };

/** What came of a payment: `opened-bot`: the forwarded copy of an invoice pays nothing and leads to the bot. */
export type PayAnswer =
  { readonly type: "paid" | "timeout" | "gone" | "opened-bot" } | { readonly type: "refused"; readonly text: string };

/** Telegram's two ways to send a picture: scaled and compressed, or the file as it is. */
export type SendAs = "photo" | "document";

export const uploadLimits = { bytes: 30 * 1024 * 1024, files: 30 } as const;
