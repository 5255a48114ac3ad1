import type { BlobStore, Clock, Ids, JobHandlers, Likeness, Log, Preset, Profiles, Store } from "@likeness/core";
import { silentLog, systemClock, uuidV7 } from "@likeness/core";
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
import { routeUpdate } from "./routing/route-update.ts";
import { followTraining } from "./training/follow-training.ts";

export interface AvatarChatOptions extends TextOptions {
  readonly likeness: Likeness;
  /** The store of `likeness`. */
  readonly store: Store;
  /** The blob store of `likeness`. */
  readonly blobs: BlobStore;
  /** The profiles of `likeness`. */
  readonly profiles: Profiles;
  /** `bot.api`. */
  readonly api: Api;
  /** What the host says about itself in `/privacy`, `/terms`, `/help` and in the question for consent. */
  readonly about?: About | undefined;
  /** Commands that the host answers with handlers of its own, e.g. `["help"]`. */
  readonly hostCommands?: readonly Command[] | undefined;
  /** Commands of other parts of the bot, e.g. of a shop, to be listed in the menu and in `/help`. */
  readonly moreCommands?: readonly ExtraCommand[] | undefined;
  readonly clock?: Clock | undefined;
  readonly ids?: Ids | undefined;
  readonly log?: Log | undefined;
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

/**
 * The chat in which people make avatars, for a bot of the host's.
 *
 * @example
 * const avatars = avatarChat({ likeness, store, blobs, profiles, api: bot.api });
 * bot.use(avatars);
 * const started = await likeness.start(avatars.handlers);
 * if (started.isErr()) throw new Error("the queue does not start", { cause: started.error });
 */
export function avatarChat(options: AvatarChatOptions): AvatarChat {
  const { likeness, store, blobs, profiles, preset, texts, translate } = options;
  const { clock = systemClock, log = silentLog, progressSeconds = 10, shop = false } = options;
  const ports: ChatPorts = {
    likeness,
    store,
    blobs,
    profiles,
    api: chatApi(options.api, { sessions: store.sessions, clock }),
    clock,
    ids: options.ids ?? uuidV7(clock),
    log,
    say: sayIn({ texts, translate }, log),
    about: options.about ?? {},
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
      [chatJobs.export]: exportHandler(ports),
      [chatJobs.say]: sayHandler(ports),
    },
    commands: (given) => publishCommands(ports, given),
  };
}
