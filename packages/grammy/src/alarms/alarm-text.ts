import type { Alarm } from "@likeness/core";
import type { Locale } from "../texts/catalog.ts";
import type { AlarmTexts } from "./alarm-texts.ts";
import { kazakh } from "./texts/kazakh.ts";
import { russian } from "./texts/russian.ts";

/** The alarm itself has its text in English. */
const catalogs: Readonly<Record<Exclude<Locale, "en">, AlarmTexts>> = { ru: russian, kk: kazakh };

/** The text of an alarm in a language. */
export function alarmText(alarm: Alarm, locale: Locale): string {
  if (locale === "en") return alarm.text;
  const texts = catalogs[locale];
  // Cause and facts belong together, which the compiler does not see.
  const text = (texts[alarm.cause] as (facts: Alarm["facts"]) => string)(alarm.facts);
  return alarm.type === "over" ? texts.over(text) : text;
}
