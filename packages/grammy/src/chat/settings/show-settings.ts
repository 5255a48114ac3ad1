import type { OwnerSettings } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { capitalised } from "../../texts/capitalised.ts";
import { servedBy } from "../../texts/served-by.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { counts } from "../pictures/picture-choice.ts";
import { inRows } from "../pictures/scene-card.ts";
import { findPerson } from "../person.ts";
import type { ChatError } from "../press.ts";
import type { Question } from "../question.ts";
import { showMessage, type ShowOptions } from "../show-message.ts";

/** `/settings`: the language, how many pictures a press orders, and whether progress is shown. */
export const showSettings = (
  ports: ChatPorts,
  person: Person,
  { editing }: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> =>
  safeTry(async function* () {
    const settings = yield* ports.likeness.owners.settings(person);
    const { chosen } = yield* findPerson(ports.store, person);
    const { said, keyboard } = settingsCard(ports, person, { ...settings, locale: chosen });
    yield* showMessage(ports, person, said, { keyboard, editing });
    return ok(undefined);
  });

function settingsCard(ports: ChatPorts, { locale }: Person, chosen: OwnerSettings): Question {
  const { say, likeness, languages } = ports;
  const set = (setting: keyof OwnerSettings, value: string | number, label: string) =>
    InlineKeyboard.text(label, callbackData("set", setting, String(value)));
  const marked = (label: string, isChosen: boolean) => `${isChosen ? "✓ " : ""}${label}`;
  const current = servedBy(languages, locale);
  const followed = chosen.locale === undefined;
  const [pictures = counts[0]] = counts.filter((count) => count === chosen.picturesPerPress);
  const progress = chosen.progress !== "hidden";
  return {
    said: say(locale, "settings", {
      language: languageName(current),
      followed,
      pictures: likeness.images.available ? pictures : undefined,
      progress,
    }),
    keyboard: InlineKeyboard.from([
      ...inRows(
        languages.map((each) => set("locale", each, marked(languageName(each), !followed && each === current))),
        3,
      ),
      [set("locale", "", say(locale, "button.follow-telegram", { chosen: followed }))],
      ...(likeness.images.available
        ? [
            counts.map((count) =>
              set("picturesPerPress", count, say(locale, "button.pictures", { count, chosen: count === pictures })),
            ),
          ]
        : []),
      [
        set("progress", "shown", say(locale, "button.show-progress", { chosen: progress })),
        set("progress", "hidden", say(locale, "button.only-result", { chosen: !progress })),
      ],
    ]),
  };
}

/** Where people and Telegram call a language by a shorter name than CLDR, which has `қазақ тілі`. */
const shorter: Readonly<Record<string, string>> = { kk: "Қазақша" };

/** What a language is called in itself: `English`, `Русский`, `Қазақша`; its tag when that is not known. */
function languageName(locale: string): string {
  try {
    return shorter[locale] ?? capitalised(new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale);
  } catch {
    return locale;
  }
}
