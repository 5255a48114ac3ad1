import { found, secondsBetween, systemClock, timestamp, type Check, type Clock, type Found } from "@likeness/core";
import type { Api } from "grammy";
import type { WebhookInfo } from "grammy/types";
import { attempt, grammySignal } from "./attempt.ts";
import type { TelegramProblem } from "./telegram-problem.ts";

export interface TelegramChecksOptions {
  /** The address at which Telegram reaches this bot; absent: it polls. */
  readonly webhookUrl?: string | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
}

/** Updates wait for a moment in any bot. */
const manyPending = 100;

/** An error of Telegram that is older than this is over. */
const recentSeconds = 3_600;

/** Whether Telegram knows the bot, delivers its updates to the right place and offers its commands. */
export const telegramChecks = (
  api: Api,
  { webhookUrl = "", clock = systemClock }: TelegramChecksOptions = {},
): readonly Check[] => [
  {
    name: "telegram token",
    cheap: true,
    look: async (signal) =>
      (await attempt(() => api.getMe(grammySignal(signal)))).match(
        ({ username, id }) => [found.ok(`Telegram knows the bot: @${username} (${id})`)],
        (problem) => [refusedToken(problem) ?? unanswered(api, problem)],
      ),
  },
  {
    name: "telegram updates",
    cheap: true,
    look: async (signal) =>
      (await attempt(() => api.getWebhookInfo(grammySignal(signal)))).match(
        (info) => judge(info, webhookUrl, clock),
        (problem) => [refusedToken(problem) ? found.skipped("the token is refused") : unanswered(api, problem)],
      ),
  },
  {
    name: "telegram commands",
    look: async (signal) =>
      (await attempt(() => api.getMyCommands({ scope: { type: "all_private_chats" } }, grammySignal(signal)))).match(
        (commands) => [
          commands.length > 0
            ? found.ok(`${commands.length} commands are in the menu`)
            : found.warning("the menu has no commands", "restart the bot: it publishes them when it starts"),
        ],
        (problem) => [refusedToken(problem) ? found.skipped("the token is refused") : unanswered(api, problem)],
      ),
  },
];

function judge(info: WebhookInfo, wanted: string, clock: Clock): Found[] {
  const { url = "", pending_update_count: pending, last_error_date: at, last_error_message: said } = info;
  const isRecent = at !== undefined && secondsBetween(timestamp(at * 1_000), clock.now()) < recentSeconds;
  const all = [
    ...(url === wanted ? [] : [wrongAddress(url, wanted)]),
    ...(pending > manyPending
      ? [found.warning(`${pending} updates wait at Telegram`, "see whether the bot is running and keeps up")]
      : []),
    ...(isRecent && wanted !== ""
      ? [
          found.warning(
            `Telegram could not deliver an update at ${timestamp(at * 1_000).slice(11, 16)}Z: “${said ?? ""}”`,
            "look at the public address; the bot's log tells more",
          ),
        ]
      : []),
  ];
  if (all.length > 0) return all;
  const how = wanted === "" ? "the bot fetches its updates" : `Telegram delivers to ${new URL(wanted).host}`;
  return [found.ok(`${how}; ${pending} wait`)];
}

function wrongAddress(url: string, wanted: string): Found {
  if (wanted === "")
    return found.broken(
      `Telegram delivers updates to ${hostOf(url)}, so this bot cannot fetch them`,
      "end the other bot that uses this token, and restart this one",
    );
  const where = url === "" ? "nowhere" : `to another address, at ${hostOf(url)}`;
  return found.broken(
    `Telegram delivers updates ${where}`,
    "restart the bot, which sets the address; if it changes again, another bot uses this token",
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "another address");

/** 401 and 404 say that there is no such bot. */
const refusedToken = (problem: TelegramProblem): Found | undefined =>
  problem.type === "telegram-failure" && /^(?:401|404)\b/.test(problem.detail)
    ? found.broken("Telegram does not know this token", "copy the token again from @BotFather")
    : undefined;

/** Where a host has a Bot API server of its own, that one is to be reached. */
const apiHost = (apiRoot = "https://api.telegram.org"): string =>
  URL.canParse(apiRoot) ? new URL(apiRoot).host : "the Bot API server";

function unanswered({ options }: Pick<Api, "options">, problem: TelegramProblem): Found {
  if (problem.type === "rate-limited")
    return found.warning(`Telegram asks to wait for ${problem.retryAfterSeconds} s`, "look again later");
  const detail = "detail" in problem ? problem.detail : "it refuses";
  return found.broken(`Telegram does not answer: ${detail}`, `let this machine reach ${apiHost(options?.apiRoot)}`);
}
