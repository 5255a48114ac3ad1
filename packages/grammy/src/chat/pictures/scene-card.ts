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
import { packToken, scenesIn, writeSceneView, type SceneView } from "./scene-view.ts";

const perRow = 2;
const perPage = 8;

type CardPorts = Pick<ChatPorts, "say" | "likeness">;
type Reader = Pick<Person, "locale">;

/**
 * The scenes that an avatar can be drawn in, a page at a time, and the way to own words and to what was drawn. Where they
 * do not fit on one page, packs show some of them.
 */
export function sceneCard(
  ports: CardPorts,
  { locale }: Reader,
  { id, name, state }: Avatar,
  wanted: SceneView = { page: 1 },
): Question {
  const { images } = ports.likeness;
  const chosen = images.packs().find(({ key }) => packToken(key) === wanted.pack);
  const scenes = scenesIn(images.scenes(), chosen);
  const pages = Math.max(1, Math.ceil(scenes.length / perPage));
  const page = Math.min(Math.max(wanted.page, 1), pages);
  const labels = scenes
    .slice((page - 1) * perPage, page * perPage)
    .map((scene) =>
      InlineKeyboard.text(
        shorten(nameOf(scene, locale), textLimits.button),
        callbackData("scene", id, sceneToken(scene.key)),
      ),
    );
  const pack = chosen && packToken(chosen.key);
  const turning = (to: number) => writeSceneView({ pack, page: to });
  const others = [
    ...(page > 1 ? [button(ports, { locale }, "button.previous", "scenes", id, turning(page - 1))] : []),
    ...(page < pages ? [button(ports, { locale }, "button.next", "scenes", id, turning(page + 1))] : []),
  ];
  return {
    said: ports.say(locale, "scenes.prompt", { name, page, pages, previous: state.status === "training" }),
    keyboard: InlineKeyboard.from([
      ...inRows(labels, perRow),
      others,
      ...inRows(packButtons(ports, { locale }, id, pack), perRow),
      [button(ports, { locale }, "button.own-words", "words", id)],
      [button(ports, { locale }, "button.gallery", "gallery", id)],
    ]),
  };
}

/** A button for each pack, and one for all scenes where a pack is chosen, which is marked. */
function packButtons(
  { say, likeness: { images } }: CardPorts,
  { locale }: Reader,
  id: string,
  chosen: string | undefined,
): InlineKeyboardButton.CallbackButton[] {
  if (images.scenes().length <= perPage) return [];
  const show = (label: string, pack?: string) =>
    InlineKeyboard.text(label, callbackData("scenes", id, writeSceneView({ pack, page: 1 })));
  const packs = images.packs().map((pack) => {
    const token = packToken(pack.key);
    const label = `${token === chosen ? "✓" : "▸"} ${nameOf(pack, locale)}`;
    return show(shorten(label, textLimits.button), token);
  });
  return chosen === undefined ? packs : [...packs, show(say(locale, "button.all-scenes"))];
}

/** Buttons in rows of so many. */
export const inRows = <Button extends InlineKeyboardButton>(buttons: readonly Button[], length: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / length) }, (_, row) =>
    buttons.slice(row * length, (row + 1) * length),
  );
