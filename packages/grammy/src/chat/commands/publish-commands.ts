import type { StorageFailure } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import {
  allChats,
  anyLanguage,
  fetchLists,
  isSame,
  isTwoLetters,
  mostCommands,
  privateChats,
  setList,
  type List,
  type Scope,
} from "./command-lists.ts";
import { listedCommands } from "./command-names.ts";
import { publishedMenu, type PublishedList, type StoredMenu } from "./menu-row.ts";

type CommandPorts = Pick<
  ChatPorts,
  "likeness" | "api" | "say" | "about" | "hostCommands" | "moreCommands" | "languages" | "store" | "clock" | "log"
>;

export interface PublishOptions {
  /**
   * Private chats for which the host set separate commands: Telegram then shows that list instead of the general one.
   */
  readonly chats?: readonly number[] | undefined;
  /**
   * Two-letter languages of the host's own lists beside those of Telegram's apps, and those in which it had no list when
   * this was called first.
   */
  readonly languages?: readonly string[] | undefined;
}

const nothing: StoredMenu<Readonly<Record<string, PublishedList>>> = { menu: {}, version: 0 };

/**
 * Adds our commands to those that the host's bot offers in private chats, in each language. Telegram shows only the
 * list with the narrowest scope, so the list for private chats holds what a person would see there without us, then our
 * commands. The host's own commands are stored: a later call applies what the host has added and removed since, and
 * adds nothing twice. The first call reads the lists of all languages, a later one those in which there was a list.
 * https://core.telegram.org/bots/api#determining-list-of-commands
 */
export function publishCommands(
  ports: CommandPorts,
  { chats = [], languages = [] }: PublishOptions = {},
): ResultAsync<void, TelegramProblem> {
  const { store, log, languages: spoken } = ports;
  const withoutOurs = withoutCommands(ours(ports, anyLanguage));
  const own = spoken.filter(isTwoLetters);
  return safeTry(async function* () {
    const { menu, version } = (await publishedMenu.find(store.sessions)).unwrapOr(nothing);
    // Two calls for each of Telegram's languages are too many for every start.
    const listed = version === nothing.version ? telegramLanguages : Object.keys(menu);
    const all = [...new Set([anyLanguage, ...own, ...listed, ...languages.filter(isTwoLetters)])];
    const forAll = yield* fetchLists(ports, allChats, all);
    const forPrivate = yield* fetchLists(ports, privateChats, all);
    const hostIn = (language: string): List => hostOf(forPrivate[language] ?? [], menu[language], withoutOurs);
    const wanted = (language: string): List | undefined => {
      const theirs = [hostIn(language), forAll[language]].some((list) => list && list.length > 0);
      if (!theirs && language !== anyLanguage && !own.some((each) => each === language)) return undefined;
      const seen = [hostIn(language), hostIn(anyLanguage), forAll[language], forAll[anyLanguage]];
      return joined(
        seen.map((list) => withoutOurs(list ?? [])).find((list) => list.length > 0) ?? [],
        ours(ports, language),
      );
    };
    const lists = all.map((language) => ({
      language,
      current: forPrivate[language] ?? [],
      list: wanted(language) ?? [],
    }));
    const changed = lists.filter(({ current, list }) => !isSame(current, list));
    // Stored before the lists are set, so that our commands are not taken for the host's if the process dies in
    // between.
    const published = Object.fromEntries(
      lists
        .filter(({ current, list }) => current.length > 0 || list.length > 0)
        .map(({ language, current, list }) => [language, { host: hostIn(language), known: [current, list] }]),
    );
    const saved: ResultAsync<void, StorageFailure> =
      JSON.stringify(published) === JSON.stringify(menu)
        ? okAsync(undefined)
        : publishedMenu.save(store.sessions, { menu: published, version });
    await saved.orElse(({ type }) => {
      log.warn({ error: type }, "it is not remembered which commands are the host's");
      return okAsync(undefined);
    });
    for (const { language, list } of changed) yield* setList(ports, privateChats, language, list);
    for (const chat_id of chats) yield* addToChat(ports, { type: "chat", chat_id }, [anyLanguage, ...own]);
    return ok(undefined);
  });
}

/**
 * A list that the host set for one chat gets our commands too; without one, Telegram shows the list for private chats.
 */
const addToChat = (
  ports: CommandPorts,
  scope: Scope,
  languages: readonly string[],
): ResultAsync<void, TelegramProblem> =>
  safeTry(async function* () {
    const lists = yield* fetchLists(ports, scope, languages);
    const withoutOurs = withoutCommands(ours(ports, anyLanguage));
    for (const [language, current] of Object.entries(lists)) {
      const list = joined(withoutOurs(current), ours(ports, language));
      if (current.length > 0 && !isSame(current, list)) yield* setList(ports, scope, language, list);
    }
    return ok(undefined);
  });

/** The host's own commands in this list. */
const hostOf = (current: List, published: PublishedList | undefined, withoutOurs: (list: List) => List): List =>
  published?.known.some((known) => isSame(known, current)) ? published.host : withoutOurs(current);

const ours = (ports: CommandPorts, language: string): List =>
  listedCommands(ports, ports.languages.includes(language) ? language : "en");

const joined = (host: List, own: List): List => [...host.slice(0, mostCommands - own.length), ...own];

const withoutCommands =
  (named: List) =>
  (list: List): List =>
    list.filter(({ command }) => !named.some((own) => own.command === command));

/** The languages of Telegram's apps, as `setMyCommands` names them: https://translations.telegram.org */
const telegramLanguages: readonly string[] = (
  "ar az be bg ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv ms nb nl no pl pt ro ru sk sl sr " +
  "sv tg th tk tr uk uz vi zh"
).split(" ");
