import { secondsBetween } from "@likeness/core";
import { ok } from "neverthrow";
import type { PressAnswer } from "../state/telegram-snapshot.ts";
import { characters } from "../text/formatted-text.ts";
import { refuse } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";

/** How long an app waits, which is as long as Telegram keeps the press for the bot. */
const answerSeconds = 150;

export const answerCallbackQuery: Method = ({ state, timers, events, waiting }, call) => {
  const id = textOf(call, "callback_query_id");
  const press = state.presses[id];
  const isOld = !press || secondsBetween(press.at, timers.now()) > answerSeconds;
  if (isOld) return refuse(400, "query is too old and response timeout expired or query ID is invalid");
  const text = textOf(call, "text");
  if (characters(text) > 200) return refuse(400, "MESSAGE_TOO_LONG");
  // A second answer has no effect, because the app has shown the first one.
  if (press.answer) return ok({ result: true });
  const answer: PressAnswer = text === "" ? {} : { text, showAlert: call.fields["show_alert"] === true };
  state.presses[id] = { ...press, answer };
  events.emit({ type: "press-answered", chatId: press.personId, pressId: id, answer });
  waiting.get(id)?.(answer);
  waiting.delete(id);
  return ok({ result: true });
};
