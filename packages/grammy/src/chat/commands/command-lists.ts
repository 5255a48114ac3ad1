import type { Clock } from "@likeness/core";
import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import { errAsync, ok, okAsync, ResultAsync, safeTry } from "neverthrow";
import { attempt } from "../../telegram/attempt.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";

export interface ListPorts {
  readonly api: Api;
  readonly clock: Clock;
}

type Options = NonNullable<Parameters<Api["setMyCommands"]>[1]>;

/** Whom Telegram shows a list. */
export type Scope = NonNullable<Options["scope"]>;

/** The commands of a menu. */
export type List = readonly BotCommand[];

export const allChats: Scope = { type: "default" };
export const privateChats: Scope = { type: "all_private_chats" };

/** For all languages without a separate list. */
export const anyLanguage = "";

/** Maximum number of commands in a list: https://core.telegram.org/bots/api#setmycommands */
export const mostCommands = 100;

/** Number of lists requested at the same time. */
const atOnce = 10;

export const isSame = (left: List, right: List): boolean =>
  JSON.stringify(left.map(parts)) === JSON.stringify(right.map(parts));

const parts = ({ command, description }: BotCommand) => [command, description];

/** The lists of a scope, by language. A language or a chat that Telegram does not know has none. */
export function fetchLists(
  ports: ListPorts,
  scope: Scope,
  languages: readonly string[],
): ResultAsync<Record<string, List>, TelegramProblem> {
  const fetchList = (language: string) =>
    withRetries(ports, () => ports.api.getMyCommands(optionsOf(scope, language)))
      .orElse((problem) =>
        problem.type === "refused" || problem.type === "unreachable" ? okAsync([]) : errAsync(problem),
      )
      .map((list) => [language, list] as const);
  return safeTry(async function* () {
    const found: (readonly [string, List])[] = [];
    for (let first = 0; first < languages.length; first += atOnce)
      found.push(...(yield* ResultAsync.combine(languages.slice(first, first + atOnce).map(fetchList))));
    return ok(Object.fromEntries(found));
  });
}

/** An empty list counts as absent, as Telegram then shows the list of a wider scope. */
export const setList = (
  ports: ListPorts,
  scope: Scope,
  language: string,
  list: List,
): ResultAsync<unknown, TelegramProblem> =>
  withRetries<unknown>(ports, () =>
    list.length > 0
      ? ports.api.setMyCommands([...list], optionsOf(scope, language))
      : ports.api.deleteMyCommands(optionsOf(scope, language)),
  );

const optionsOf = (scope: Scope, language: string): Options => ({
  scope,
  ...(isTwoLetters(language) && { language_code: language }),
});

/** Waits when Telegram asks for it between the many calls; after a long wait the host has to call again. */
const retries = { most: 5, longestSeconds: 30 } as const;

const withRetries = <T>(
  ports: Pick<ListPorts, "clock">,
  call: () => Promise<T>,
  left: number = retries.most,
): ResultAsync<T, TelegramProblem> =>
  attempt(call).orElse((problem) => {
    if (problem.type !== "rate-limited" || left === 0 || problem.retryAfterSeconds > retries.longestSeconds)
      return errAsync(problem);
    const waited = new Promise<void>((resolve) => void ports.clock.after(problem.retryAfterSeconds * 1000, resolve));
    return ResultAsync.fromSafePromise(waited).andThen(() => withRetries(ports, call, left - 1));
  });

/** https://core.telegram.org/bots/api#setmycommands takes ISO 639-1 codes alone. */
export const isTwoLetters = (language: string): language is NonNullable<Options["language_code"]> =>
  /^[a-z]{2}$/.test(language);
