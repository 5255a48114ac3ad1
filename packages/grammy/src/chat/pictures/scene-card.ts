import { nameOf, type Avatar } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import { shorten } from "../../texts/shorten.ts";
import { textLimits } from "../../texts/text-limits.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { Question } from "../question.ts";
import { sceneToken } from "./picture-choice.ts";

const perRow = 2;
const perPage = 8;

/** The scenes that an avatar can be drawn in, a page at a time, and the way to own words and to what was drawn. */
export function sceneCard(
  ports: Pick<ChatPorts, "say" | "likeness">,
  { locale }: Pick<Person, "locale">,
  { id, name, state }: Avatar,
  wanted = 1,
): Question {
  const scenes = ports.likeness.images.scenes();
  const pages = Math.max(1, Math.ceil(scenes.length / perPage));
  const page = Math.min(Math.max(wanted, 1), pages);
  const labels = scenes
    .slice((page - 1) * perPage, page * perPage)
    .map((scene) =>
      InlineKeyboard.text(
        shorten(nameOf(scene, locale), textLimits.button),
        callbackData("scene", id, sceneToken(scene.key)),
      ),
    );
  const others = [
    ...(page > 1 ? [button(ports, { locale }, "button.previous", "scenes", id, String(page - 1))] : []),
    ...(page < pages ? [button(ports, { locale }, "button.next", "scenes", id, String(page + 1))] : []),
  ];
  return {
    said: ports.say(locale, "scenes.prompt", { name, page, pages, previous: state.status === "training" }),
    keyboard: InlineKeyboard.from([
      ...inRows(labels, perRow),
      others,
      [button(ports, { locale }, "button.own-words", "words", id)],
      [button(ports, { locale }, "button.gallery", "gallery", id)],
    ]),
  };
}

/** Buttons in rows of so many. */
export const inRows = <Button extends InlineKeyboardButton>(buttons: readonly Button[], length: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / length) }, (_, row) =>
    buttons.slice(row * length, (row + 1) * length),
  );
