import type { StorageFailure } from "@likeness/core";
import type { Context, MiddlewareFn } from "grammy";
import type { CallbackQuery, Message, Update } from "grammy/types";
import { okAsync, type ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import { commandNamed } from "../chat/commands/command-named.ts";
import type { Person } from "../chat/chat-ports.ts";
import { noteLocale, visit, type Visitor } from "../chat/person.ts";
import type { ChatError, PressAnswer } from "../chat/press.ts";
import { visitorIn } from "../chat/routing/answer-query.ts";
import { putMessage } from "../chat/show-message.ts";
import { placeOf } from "../conversation/place.ts";
import { answerPress, plain } from "../telegram/messages.ts";
import type { AnswerAtOnce } from "../updates/without-waiting.ts";
import { askRefund } from "./ask-refund.ts";
import { buyPackage, startParameter } from "./buy-package.ts";
import { parseShopData, type ShopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { settled } from "./settled.ts";
import { showBalance } from "./show-balance.ts";
import { showPackages } from "./show-packages.ts";
import { showSupport } from "./show-support.ts";
import { chargeIn, reconcileSoon, takeCharge } from "./take-payment.ts";

export type ShopCommand = "buy" | "balance" | "paysupport";

const shopCommands = ({ balance }: Pick<ShopPorts, "balance">): readonly ShopCommand[] =>
  balance ? ["buy", "balance", "paysupport"] : ["buy", "paysupport"];

/** Those of the menu: `/buy` only while something is sold. */
export const listedCommands = (ports: Pick<ShopPorts, "balance" | "packages">): readonly ShopCommand[] =>
  shopCommands(ports).filter((command) => command !== "buy" || ports.packages.length > 0);

/** Handles the shop's updates and passes on the others. */
export const routeShop =
  (ports: ShopPorts, answerAtOnce: AnswerAtOnce): MiddlewareFn =>
  async (context, next) => {
    if (!(await isHandled(ports, answerAtOnce, context))) await next();
  };

async function isHandled(ports: ShopPorts, answerAtOnce: AnswerAtOnce, { update, me }: Context): Promise<boolean> {
  const { message, callback_query: query, pre_checkout_query: asked } = update;
  const answering = asked && answerAtOnce(update);
  if (answering) {
    await answering;
    return true;
  }
  const charge = message && chargeIn(message);
  if (charge) {
    const { type, ...made } = charge;
    if (!ports.onlySeller && made.purchaseId === undefined) return false;
    await settled(ports, update, actorOf(message.chat.id), () => takeCharge(ports, type, made), {
      orElse: () => reconcileSoon(ports),
    });
    return true;
  }
  const pressed = query && isPrivate(query) ? parseShopData(query.data) : undefined;
  if (query && pressed) {
    await press(ports, update, query, pressed);
    return true;
  }
  const command = message && commandIn(ports, message, me.username);
  if (!message?.from || !command) return false;
  await answer(ports, update, { from: message.from, ...topicOf(message) }, command);
  return true;
}

const isPrivate = ({ message }: CallbackQuery): boolean => message?.chat.type === "private";

const topicOf = ({ message_thread_id: topicId }: Message) => (topicId === undefined ? {} : { topicId });

/** `/start buy` comes from the deep link of a forwarded invoice. */
function commandIn(ports: ShopPorts, { chat, text }: Message, username: string): ShopCommand | undefined {
  if (chat.type !== "private" || text === undefined) return undefined;
  const named = commandNamed(text, username);
  if (named === "start") return text.trim().endsWith(` ${startParameter}`) ? "buy" : undefined;
  return shopCommands(ports).find((command) => command === named);
}

const customerOf = (ports: ShopPorts, visitor: Visitor): ResultAsync<Person, StorageFailure> =>
  visit(ports, visitor).andThen((visited) => noteLocale(ports, visited).map(() => visited.person));

async function answer(ports: ShopPorts, update: Update, visitor: Visitor, command: ShopCommand): Promise<void> {
  let { language_code: locale = "en" } = visitor.from;
  const work = () =>
    customerOf(ports, visitor).andThen((person): ResultAsync<void, ChatError> => {
      ({ locale } = person);
      if (command === "buy") return showPackages(ports, person);
      return command === "balance" && ports.balance
        ? showBalance(ports, person, ports.balance)
        : showSupport(ports, person);
    });
  const place = placeOf({ chatId: visitor.from.id, topicId: visitor.topicId });
  await settled(ports, update, actorOf(visitor.from.id), work, {
    orElse: () => putMessage(ports, place, ports.say(locale, "trouble")),
  });
}

/** Handles a press and ends the button's busy state, also after an error. */
async function press(ports: ShopPorts, update: Update, query: CallbackQuery, pressed: ShopData | "old"): Promise<void> {
  const visitor = visitorIn(query);
  let { language_code: locale = "en" } = visitor.from;
  let toast: string | undefined;
  const work = () =>
    customerOf(ports, visitor).andThen((person) => {
      ({ locale } = person);
      return pressWork(ports, person, pressed, query.message?.message_id).map((said) => {
        toast = said;
      });
    });
  await settled(ports, update, actorOf(query.from.id), work, {
    orElse: () => {
      toast = plain(ports.say(locale, "trouble")).text;
      return okAsync(undefined);
    },
  });
  const answered = await answerPress(ports.api, query.id, toast);
  if (answered.isErr())
    ports.log.warn({ actor: actorOf(query.from.id), problem: answered.error }, "a press could not be answered");
}

function pressWork(
  ports: ShopPorts,
  person: Person,
  pressed: ShopData | "old",
  messageId: number | undefined,
): ResultAsync<PressAnswer, ChatError> {
  if (pressed === "old") return buyPackage(ports, person, { verb: "buy", credits: 0, stars: 0 }, messageId);
  return pressed.verb === "buy"
    ? buyPackage(ports, person, pressed, messageId)
    : askRefund(ports, person, pressed.digest, messageId);
}
