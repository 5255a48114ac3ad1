import { nameOf, noteOf, ratios, type Avatar, type CreditsFailure, type StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import { findConversation } from "../../conversation/conversations.ts";
import type { Shown } from "../../texts/picture-texts.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { offerForPictures } from "../credits/offer-for.ts";
import type { Question } from "../question.ts";
import { counts, findScene, pricedChoice, writeChoice, type PictureChoice, type Subject } from "./picture-choice.ts";
import { inRows } from "./scene-card.ts";

/** What a choice stands for, as it is ordered and as it is shown. */
export interface Chosen {
  readonly ordered: { readonly scene: string } | { readonly words: string };
  readonly shown: Shown;
}

/** Reads what buttons only name; `undefined` when the scene or the words are gone. */
export const findChosen = (
  { likeness, store }: Pick<ChatPorts, "likeness" | "store">,
  person: Person,
  subject: Subject,
): ResultAsync<Chosen | undefined, StorageFailure> => {
  if ("words" in subject)
    return findConversation(store.sessions, person).map(({ words = [] }) => {
      const text = words.find(({ id }) => id === subject.words)?.text;
      return text === undefined ? undefined : { ordered: { words: text }, shown: { words: text } };
    });
  const scene = findScene(likeness.images.scenes(), subject.scene);
  const { locale } = person;
  return okAsync(
    scene && { ordered: { scene: scene.key }, shown: { scene: nameOf(scene, locale), note: noteOf(scene, locale) } },
  );
};

/** The card from which pictures are ordered: what they show, their shape and number, and the price where there is one. */
export function orderCard(
  ports: Pick<ChatPorts, "say" | "likeness">,
  person: Person,
  { id, name, state }: Avatar,
  { shown }: Chosen,
  choice: PictureChoice,
): ResultAsync<Question, CreditsFailure> {
  const { say, likeness } = ports;
  const { locale } = person;
  const { ratio, count } = choice;
  return safeTry(async function* () {
    const cost = yield* offerForPictures(likeness, person, { recipe: "image", count, ratio });
    const other = (text: string, change: Partial<PictureChoice>) =>
      InlineKeyboard.text(text, callbackData("shape", id, writeChoice({ ...choice, ...change })));
    const shapes = ratios.map((each) => other(`${each === ratio ? "✓ " : ""}${each}`, { ratio: each }));
    const numbers = counts.map((each) =>
      other(say(locale, "button.count", { count: each, chosen: each === count }), { count: each }),
    );
    return okAsync<Question>({
      said: say(locale, "order.prompt", { name, shown, ratio, count, ...cost, previous: state.status === "training" }),
      keyboard: InlineKeyboard.from([
        ...inRows(shapes, 4),
        numbers,
        [button(ports, person, "button.draw", "draw", id, pricedChoice(choice, cost.price))],
        [button(ports, person, "button.other-scene", "scenes", id, "1")],
      ]),
    });
  });
}
