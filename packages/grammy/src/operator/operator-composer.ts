import { silentLog, systemClock, type Clock, type Log, type OperatorCommands, type Store } from "@likeness/core";
import type { Api, Context, MiddlewareFn } from "grammy";
import type { CallbackQuery, Message, User } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import { commandNamed } from "../chat/commands/command-named.ts";
import { visit, whoVisits } from "../chat/person.ts";
import { putMessage } from "../chat/show-message.ts";
import { visitorIn } from "../chat/routing/answer-query.ts";
import { placeOf, type Place } from "../conversation/place.ts";
import { chatApi } from "../telegram/chat-api.ts";
import { answerPress } from "../telegram/messages.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { locales } from "../texts/catalog.ts";
import { servedBy } from "../texts/served-by.ts";
import { answerOperator } from "./answer-operator.ts";
import { parseOperatorData, type OperatorData } from "./operator-data.ts";
import type { OperatorPorts, Visiting } from "./operator-ports.ts";
import { publishOperatorCommand } from "./operator-menu.ts";
import { operatorCatalogs } from "./texts/operator-catalogs.ts";

export interface OperatorComposerOptions {
  /** `likeness.operator`. */
  readonly operator: OperatorCommands;
  /** Ids of the Telegram users who are operators. Empty: nobody is. */
  readonly operators: readonly number[];
  /** The store of the bot. */
  readonly store: Store;
  /** `bot.api`. */
  readonly api: Api;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
}

export interface OperatorComposer {
  /** `/operator` and its buttons, in private chats with operators. Everything else is passed on. */
  middleware(): MiddlewareFn;
  /**
   * Puts `/operator` into the menus of the operators' chats alone, behind what they see there without it. To call at every
   * start, after the host's own `setMyCommands` and the chat's `commands`. An operator who has no chat with the bot yet gets
   * it with their first message.
   */
  commands(): ResultAsync<void, TelegramProblem>;
}

/**
 * The operator's console in the chat, for the users who are listed: `/operator` shows what needs a person, and
 * `/operator <order id>` one order, with buttons for what can be done. Each act is asked for once more, and leaves an entry
 * as `telegram:<id>`. To everybody else the command is unknown. Put it before the chat.
 *
 * @example
 * const operators = [42];
 * bot.use(operatorComposer({ operator: likeness.operator, operators, store, api: bot.api }));
 */
export function operatorComposer(options: OperatorComposerOptions): OperatorComposer {
  const { store, clock = systemClock, log = silentLog } = options;
  const api = chatApi(options.api, { sessions: store.sessions, clock });
  const ports: OperatorPorts = { commands: options.operator, store, clock, log, api };
  const operators = new Set(options.operators);
  const publish = () => publishOperatorCommand({ api: options.api, store, clock, log }, [...operators]);
  const withoutMenu = new Set<number>();
  return {
    commands: () =>
      publish().map((without) => {
        for (const operator of without) withoutMenu.add(operator);
      }),
    middleware: () => async (context, next) => {
      if (!(await isHandled(ports, operators, context))) await next();
      // They have begun their chat with the bot since its start. Tried once, so that a refusal is not met at each message.
      const { from, chat } = context.update.message ?? {};
      if (from === undefined || chat?.type !== "private" || !withoutMenu.delete(from.id)) return;
      const published = await publish();
      if (published.isErr()) log.warn({ problem: published.error }, "the operators' menu could not be set");
    },
  };
}

async function isHandled(
  ports: OperatorPorts,
  operators: ReadonlySet<number>,
  { update, me }: Context,
): Promise<boolean> {
  const { message, callback_query: query } = update;
  const from = message?.from ?? query?.from;
  if (!from || !operators.has(from.id)) return false;
  if (query) return isPressHandled(ports, query);
  const data = message && commandIn(message, me.username);
  if (!data) return false;
  const place = placeOf({ chatId: from.id, topicId: message.message_thread_id });
  await show(ports, await visitingOf(ports, from), place, data);
  return true;
}

/** `/operator`, or `/operator` and the id of an order. */
function commandIn({ chat, text }: Message, username: string): OperatorData | undefined {
  if (chat.type !== "private" || text === undefined || commandNamed(text, username) !== "operator") return undefined;
  const [, orderId] = text.trim().split(/\s+/);
  return orderId === undefined ? { verb: "overview" } : { verb: "row", target: { orderId: orderId.slice(0, 40) } };
}

async function isPressHandled(ports: OperatorPorts, query: CallbackQuery): Promise<boolean> {
  const data = query.message?.chat.type === "private" ? parseOperatorData(query.data) : undefined;
  if (data === undefined) return false;
  const { from, topicId } = visitorIn(query);
  const visiting = await visitingOf(ports, from);
  const place = placeOf({ chatId: from.id, topicId });
  await show(ports, visiting, place, data === "old" ? { verb: "overview" } : data, query.message?.message_id);
  const answered = await answerPress(ports.api, query.id);
  if (answered.isErr())
    ports.log.warn({ operator: visiting.operator, problem: answered.error }, "a press could not be answered");
  return true;
}

async function show(
  ports: OperatorPorts,
  visiting: Visiting,
  place: Place,
  data: OperatorData,
  editing?: number,
): Promise<void> {
  const { said, keyboard } = await answerOperator(ports, visiting, data);
  const shown = await putMessage(ports, place, said, { keyboard, ...(editing !== undefined && { editing }) });
  if (shown.isErr())
    ports.log.warn({ operator: visiting.operator, problem: shown.error }, "an operator's message could not be sent");
}

/** In the language that the operator has chosen in the chat, else in the one that Telegram states. */
async function visitingOf({ store }: OperatorPorts, from: User): Promise<Visiting> {
  const person = whoVisits({ from }, await visit({ store }, { from }));
  const locale = servedBy(locales, person.locale) as (typeof locales)[number];
  return { operator: person.actor, locale, texts: operatorCatalogs[locale] };
}
