import { InlineKeyboard } from "grammy";
import { safeTry, type ResultAsync } from "neverthrow";
import { shorten } from "../../texts/shorten.ts";
import { textLimits } from "../../texts/text-limits.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { hasModel } from "../has-model.ts";
import { inRows, sceneCard } from "../pictures/scene-card.ts";
import type { ChatError } from "../press.ts";
import type { Question } from "../question.ts";
import { showMessage } from "../show-message.ts";

/**
 * `/images`: the scenes of the only avatar that can be drawn, the choice between several, or what to do where there is
 * none.
 */
export const showImages = (ports: ChatPorts, person: Person): ResultAsync<void, ChatError> =>
  safeTry(async function* () {
    const overviews = yield* ports.likeness.avatars.list({ actor: person.actor });
    const drawable = overviews.map(({ avatar }) => avatar).filter(hasModel);
    const [only, ...others] = drawable.toSorted((left, right) => Number(right.main) - Number(left.main));
    const { said, keyboard } =
      only === undefined
        ? noneOf(ports, person, overviews.length)
        : others.length === 0
          ? sceneCard(ports, person, only)
          : choiceOf(ports, person, [only, ...others]);
    return showMessage(ports, person, said, { keyboard }).map(() => undefined);
  });

const noneOf = (ports: ChatPorts, person: Person, avatars: number): Question => ({
  said: ports.say(person.locale, "images.none", { avatars }),
  keyboard: InlineKeyboard.from([
    avatars === 0
      ? [button(ports, person, "button.create", "create")]
      : [button(ports, person, "button.avatars", "avatars")],
  ]),
});

const choiceOf = (
  ports: ChatPorts,
  person: Person,
  avatars: readonly { readonly id: string; readonly name: string }[],
): Question => ({
  said: ports.say(person.locale, "images.whose"),
  keyboard: InlineKeyboard.from([
    ...inRows(
      avatars.map(({ id, name }) => InlineKeyboard.text(shorten(name, textLimits.button), callbackData("make", id))),
      2,
    ),
    [button(ports, person, "button.gallery", "gallery")],
  ]),
});
