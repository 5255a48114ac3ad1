import type { Log, Store } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import {
  allChats,
  anyLanguage,
  fetchLists,
  isSame,
  mostCommands,
  privateChats,
  setList,
  type List,
  type ListPorts,
  type Scope,
} from "../chat/commands/command-lists.ts";
import { publishedMenu, type StoredMenu } from "../chat/commands/menu-row.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { locales, type Locale } from "../texts/catalog.ts";
import { servedBy } from "../texts/served-by.ts";
import { operatorMenus, type CopiedLists, type OperatorMenus } from "./operator-menu-row.ts";
import { operatorCatalogs } from "./texts/operator-catalogs.ts";

export interface OperatorMenuPorts extends ListPorts {
  readonly store: Pick<Store, "sessions">;
  readonly log: Log;
}

/** Lists by language. */
type Lists = Readonly<Record<string, List>>;

const command = "operator";

const nothing: StoredMenu<OperatorMenus> = { menu: {}, version: 0 };

/**
 * Puts `/operator` into the menus of the operators' chats alone. Telegram shows only the list of the narrowest scope, so a
 * chat gets a copy of what its person would see without it; a list that the host has set for the chat keeps what is in it.
 * Our copies are stored: they follow what they were copied from, and go once their person is no operator any more.
 * Answers the operators who have no chat with the bot yet, and so no menu.
 * https://core.telegram.org/bots/api#determining-list-of-commands
 */
export function publishOperatorCommand(
  ports: OperatorMenuPorts,
  operators: readonly number[],
): ResultAsync<number[], TelegramProblem> {
  const { sessions } = ports.store;
  return safeTry(async function* () {
    const before = (await operatorMenus.find(sessions)).unwrapOr(nothing);
    const former = Object.keys(before.menu).filter((chat) => !operators.includes(Number(chat)));
    if (operators.length === 0 && former.length === 0) return ok([]);
    const listed = (await publishedMenu.find(sessions)).map(({ menu }) => Object.keys(menu)).unwrapOr([]);
    const languages = [...new Set([anyLanguage, ...locales, ...listed])];
    const seen = seenIn(
      yield* fetchLists(ports, privateChats, languages),
      yield* fetchLists(ports, allChats, languages),
    );
    const plans: Plan[] = [];
    for (const chat of new Set([...operators.map(String), ...former])) {
      const known = before.menu[chat] ?? {};
      const current = yield* fetchLists(ports, chatOf(chat), [...new Set([...languages, ...Object.keys(known)])]);
      plans.push(planOf(chat, { current, known, seen: former.includes(chat) ? undefined : seen }));
    }
    const copied = Object.fromEntries(plans.map((plan) => [plan.chat, plan.copied]));
    // Stored before the lists are set, so that ours are not taken for the host's if the process dies in between.
    const version = await remembered(ports, before, copied);
    const unknown = new Set<number>();
    for (const { chat, changes } of plans)
      for (const [language, list] of changes)
        if (!(yield* setWhereKnown(ports, chatOf(chat), language, list))) unknown.add(Number(chat));
    // Where Telegram refused, e.g. because the person has blocked the bot, the next start tries again.
    const left = Object.fromEntries(
      Object.entries(copied).filter(([chat]) => !former.includes(chat) || unknown.has(Number(chat))),
    );
    await remembered(ports, { menu: copied, version }, left);
    return ok([...unknown].filter((chat) => operators.includes(chat)));
  });
}

/** What is to be set in a chat, and which of its lists are ours then. */
interface Plan {
  readonly chat: string;
  readonly changes: readonly (readonly [language: string, list: List])[];
  readonly copied: CopiedLists;
}

interface ChatLists {
  readonly current: Lists;
  readonly known: CopiedLists;
  /** What the person would see without us; absent: is no operator any more. */
  readonly seen: Lists | undefined;
}

function planOf(chat: string, { current, known, seen }: ChatLists): Plan {
  const isHosts = (language: string): boolean => {
    const list = current[language] ?? [];
    return list.length > 0 && !(known[language] ?? []).some((ours) => isSame(ours, list));
  };
  const wanted = (language: string): List => {
    if (isHosts(language)) return withCommand(current[language] ?? [], seen && language);
    // A copy for one language would hide the host's own list for all.
    const base = isHosts(anyLanguage) ? undefined : seen?.[language];
    return base ? withCommand(base, language) : [];
  };
  const lists = Object.keys(current).map((language) => [language, wanted(language)] as const);
  const changes = lists.filter(([language, list]) => !isSame(current[language] ?? [], list));
  // Also one that goes: it is still ours if Telegram does not take it away now.
  const ours = lists.filter(
    ([language, list]) => !isHosts(language) && [...(current[language] ?? []), ...list].length > 0,
  );
  return {
    chat,
    changes,
    copied: Object.fromEntries(ours.map(([language, list]) => [language, [current[language] ?? [], list]])),
  };
}

/** The list with our command last; without a language, without it. */
function withCommand(list: List, language: string | undefined): List {
  const others = list.filter((each) => each.command !== command);
  if (language === undefined) return others;
  const { menu: description } = operatorCatalogs[servedBy(locales, language) as Locale];
  return [...others.slice(0, mostCommands - 1), { command, description }];
}

/**
 * What a person sees in a private chat who has no list of their own, by language. Ours are always there, so that the
 * command is told in each; another one only where a list differs from that for all languages.
 */
function seenIn(privately: Lists, everywhere: Lists): Lists {
  const forAll = firstOf(privately[anyLanguage], everywhere[anyLanguage]) ?? [];
  const isPrivate = (privately[anyLanguage] ?? []).length > 0;
  const known = Object.keys(privately).map((language) => {
    const own = firstOf(privately[language], isPrivate ? undefined : everywhere[language]);
    const isOurs = language === anyLanguage || locales.some((locale) => locale === language);
    return [language, own ?? (isOurs ? forAll : undefined)] as const;
  });
  return Object.fromEntries(known.flatMap(([language, list]) => (list ? [[language, list]] : [])));
}

const firstOf = (...lists: readonly (List | undefined)[]): List | undefined =>
  lists.find((list) => list !== undefined && list.length > 0);

const chatOf = (chat: string): Scope => ({ type: "chat", chat_id: Number(chat) });

/** The version that is stored then. */
async function remembered(
  { store, log }: OperatorMenuPorts,
  before: StoredMenu<OperatorMenus>,
  menu: OperatorMenus,
): Promise<number> {
  if (JSON.stringify(menu) === JSON.stringify(before.menu)) return before.version;
  const saved = await operatorMenus.save(store.sessions, { menu, version: before.version });
  if (saved.isErr()) log.warn({ error: saved.error.type }, "it is not remembered which commands are the operators'");
  return before.version + 1;
}

/** Whether the chat has the list then: who has never started the bot has no chat with it. */
const setWhereKnown = (
  ports: OperatorMenuPorts,
  scope: Scope,
  language: string,
  list: List,
): ResultAsync<boolean, TelegramProblem> =>
  setList(ports, scope, language, list)
    .map(() => true)
    .orElse((problem) => {
      if (problem.type !== "refused" && problem.type !== "unreachable") return errAsync(problem);
      ports.log.info({ problem }, "the menu of an operator's chat cannot be set: there is no chat with the bot");
      return okAsync(false);
    });
