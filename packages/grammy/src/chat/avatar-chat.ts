import type { ChannelPorts, JobHandlers, Likeness, Preset } from "@likeness/core";
import type { Api, MiddlewareFn } from "grammy";
import type { ResultAsync } from "neverthrow";
import { chatApi } from "../telegram/chat-api.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { locales, type TextOptions } from "../texts/catalog.ts";
import { sayIn } from "../texts/say.ts";
import type { About } from "../texts/people-texts.ts";
import type { Command } from "./commands/command.ts";
import type { ExtraCommand } from "./commands/extra-command.ts";
import type { ChatPorts } from "./chat-ports.ts";
import { publishCommands, type PublishOptions } from "./commands/publish-commands.ts";
import { chatJobs } from "./chat-jobs.ts";
import { followDrawing } from "./pictures/follow-drawing.ts";
import { exportHandler } from "./privacy/send-export.ts";
import { statusHandler } from "./photos/status-job.ts";
import { hintUnclaimed } from "./routing/hint-unclaimed.ts";
import { sayHandler } from "./routing/say-later.ts";
import { showUnpaid } from "./routing/show-unpaid.ts";
import { routeUpdate } from "./routing/route-update.ts";
import { followTraining } from "./training/follow-training.ts";

/** The ports of the chat that are those of `likeness` unless others are passed. */
type SharedWithLikeness = {
  readonly [Name in keyof Omit<ChannelPorts, "makesPictures" | "retention">]?: ChannelPorts[Name] | undefined;
};

export interface AvatarChatOptions extends TextOptions, SharedWithLikeness {
  readonly likeness: Likeness;
  /** `bot.api`. */
  readonly api: Api;
  /** What the host says about itself in `/privacy`, `/terms`, `/help` and in the question for consent. */
  readonly about?: About | undefined;
  /** Commands that the host answers with handlers of its own, e.g. `["help"]`. */
  readonly hostCommands?: readonly Command[] | undefined;
  /** Commands of other parts of the bot, e.g. of a shop, to be listed in the menu and in `/help`. */
  readonly moreCommands?: readonly ExtraCommand[] | undefined;
  /** The preset of every training; absent: the person chooses one. */
  readonly preset?: Preset | undefined;
  /** Whether the bot has `/buy`, to which a person is pointed who has too few credits. Default false. */
  readonly shop?: boolean | undefined;
  /** A progress card is edited two seconds after it was sent, and after that at most once in this time. Default 10. */
  readonly progressSeconds?: number | undefined;
}

export interface AvatarChat {
  /**
   * Handles, in private chats, our commands, our buttons and what the wizard waits for, and passes on everything else.
   * So `bot.use(avatars)` must be called before a host's own handlers.
   */
  middleware(): MiddlewareFn;
  /**
   * Says what is expected, in reply to an update that no handler took. The last handler of a bot that has no others.
   */
  readonly fallback: MiddlewareFn;
  /** For `likeness.start`. */
  readonly handlers: JobHandlers;
  /**
   * Adds our commands to those that the bot offers in private chats, in every language, and keeps the host's own. Safe
   * to call at every start, after the host's own `setMyCommands`.
   */
  commands(options?: PublishOptions): ResultAsync<void, TelegramProblem>;
}

/** What people are told of how long data is kept: what the host says, or else what its policy does. */
function daysKept({ photoRetentionSeconds, ownerRetentionSeconds }: ChannelPorts["retention"], about: About = {}) {
  const daysOf = (seconds: number): number | undefined => (seconds === 0 ? undefined : Math.ceil(seconds / 86_400));
  return {
    photoDays: about.photoDays ?? daysOf(photoRetentionSeconds),
    ownerDays: about.ownerDays ?? daysOf(ownerRetentionSeconds),
  };
}

/**
 * The chat in which people make avatars, for a bot of the host's.
 *
 * @example
 * const avatars = avatarChat({ likeness, api: bot.api });
 * bot.use(avatars);
 * const started = await likeness.start(avatars.handlers);
 * if (started.isErr()) throw new Error("the queue does not start", { cause: started.error });
 */
export function avatarChat(options: AvatarChatOptions): AvatarChat {
  const { likeness, preset, texts, translate, progressSeconds = 10, shop = false } = options;
  const { store = likeness.ports.store, clock = likeness.ports.clock, log = likeness.ports.log } = options;
  const ports: ChatPorts = {
    likeness,
    store,
    blobs: options.blobs ?? likeness.ports.blobs,
    profiles: options.profiles ?? likeness.ports.profiles,
    api: chatApi(options.api, { sessions: store.sessions, clock }),
    clock,
    ids: options.ids ?? likeness.ports.ids,
    log,
    say: sayIn({ texts, translate }, log),
    about: { ...options.about, ...daysKept(likeness.ports.retention, options.about) },
    hostCommands: options.hostCommands ?? [],
    moreCommands: options.moreCommands ?? [],
    languages: [...new Set([...locales, ...Object.keys(texts ?? {})])],
    progressSeconds,
    shop,
    ...(preset && { preset }),
  };
  return {
    middleware: () => routeUpdate(ports),
    fallback: hintUnclaimed(ports),
    handlers: {
      [chatJobs.status]: statusHandler(ports),
      [chatJobs.progress]: followTraining(ports),
      [chatJobs.drawing]: followDrawing(ports),
      [chatJobs.unpaid]: showUnpaid(ports),
      [chatJobs.export]: exportHandler(ports),
      [chatJobs.say]: sayHandler(ports),
    },
    commands: (given) => publishCommands(ports, given),
  };
}
