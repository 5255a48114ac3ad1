import { cleanText } from "@likeness/core";
import { FormattedString } from "@grammyjs/parse-mode";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import { lines } from "../texts/lines.ts";
import { shorten } from "../texts/shorten.ts";
import { textLimits } from "../texts/text-limits.ts";
import type { Fact } from "./need-rows.ts";
import { operatorData, type OperatorData } from "./operator-data.ts";
import type { Visiting } from "./operator-ports.ts";

/** What a message shows. */
export interface View {
  readonly said: FormattedString;
  readonly keyboard: InlineKeyboard;
}

const longestValue = 120;

/** A value of a row in one line, without what is invisible; services and people may have written anything. */
export const plainValue = (value: string | number): string =>
  shorten(cleanText(String(value), 1_000).replaceAll(/\p{Cf}/gu, ""), longestValue);

/** Facts as lines. Values are code, so Telegram makes no links, commands and mentions of them. */
export const factLines = ({ texts }: Visiting, facts: readonly Fact[]): FormattedString[] =>
  facts.flatMap(([name, value]) =>
    value === undefined || value === ""
      ? []
      : [FormattedString.join([`${texts.facts[name]}: `, FormattedString.code(plainValue(value))])],
  );

/** As many of the lines as a message takes. */
export function viewOf(
  given: readonly (string | FormattedString | undefined)[],
  rows: readonly (readonly InlineKeyboardButton[])[],
): View {
  let said = lines(...given);
  for (let count = given.length - 1; said.text.length > textLimits.message; count--)
    said = lines(...given.slice(0, count), "…");
  return { said, keyboard: InlineKeyboard.from(rows.map((row) => [...row])) };
}

export const press = (label: string, data: OperatorData): InlineKeyboardButton =>
  InlineKeyboard.text(shorten(label, textLimits.button), operatorData(data));

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long ago something was, in a language: `5 min`, `5 мин`. */
export function ago({ locale }: Visiting, at: string, now: string): string {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(at)) / 1_000);
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? (["second", 1] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(
    Math.floor(seconds / size),
  );
}
