import type { ConsentState, ConsentWording } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import { shorten } from "../../texts/shorten.ts";
import { textLimits } from "../../texts/text-limits.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Question } from "../question.ts";

/** A consent that has to be asked for. */
export type ConsentMissing = Extract<ConsentState, { readonly type: "missing" }>;

/** Which boxes are ticked, and why it is asked now. */
export interface ConsentCard {
  readonly ticked: readonly string[];
  /** Photos came before the answer. */
  readonly refused?: boolean;
}

/** The question before the first photo: one message, a box per statement, and *Continue*. */
export function consentCard(
  ports: Pick<ChatPorts, "say" | "about">,
  person: Pick<Person, "locale">,
  { wording, because }: Pick<ConsentMissing, "wording" | "because">,
  { ticked, refused = false }: ConsentCard,
): Question {
  const { say, about } = ports;
  const asked = writeWording(wording);
  const box = ({ key, label }: ConsentWording["statements"][number]): InlineKeyboardButton => {
    const isTicked = ticked.includes(key);
    const text = shorten(`${isTicked ? "☑" : "☐"} ${label}`, textLimits.button + 2);
    return InlineKeyboard.text(text, callbackData(isTicked ? "untick" : "tick", key, asked));
  };
  return {
    said: say(wording.locale, "consent.ask", {
      about,
      statements: wording.statements.map(({ text }) => text),
      because,
      refused,
    }),
    keyboard: InlineKeyboard.from([
      ...wording.statements.map((statement) => [box(statement)]),
      [button(ports, person, "button.agree", "agree", "", asked)],
    ]),
  };
}

/** Identifies what was asked, and in which language, short enough for a button. */
export const writeWording = ({ locale, textHash }: Pick<ConsentWording, "locale" | "textHash">): string =>
  `${locale}.${textHash.slice(0, 12)}`;

/** The language in which a button's card asks; `undefined`: it is no button of such a card. */
export const localeAsked = (asked = ""): string | undefined => /^([A-Za-z0-9-]{2,20})\.[0-9a-f]{12}$/.exec(asked)?.[1];
