import {
  nameLimits,
  offeredKinds,
  wordsLimit,
  type AvatarKind,
  type AvatarOverview,
  type Quote,
  type StorageFailure,
} from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { button, type ButtonKey } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { consentQuestion } from "../consent/consent-question.ts";
import { offerForTraining } from "../credits/offer-for.ts";
import { eraIn } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import { languageButtons, menuOf } from "../menu.ts";
import { photoButtons } from "../photos/photo-buttons.ts";
import type { Question } from "../question.ts";

/** The button for no gender: of the person in the photos, or of the people in pictures of a style. */
const leftOpen = {
  portrait: "button.unspecified",
  style: "button.anyone",
} as const satisfies Record<AvatarKind, ButtonKey>;

/** The question of a step; `undefined` when its avatar is gone. */
export function questionOf(
  ports: ChatPorts,
  person: Person,
  step: Step,
): ResultAsync<Question | undefined, StorageFailure> {
  const { say } = ports;
  const { locale } = person;
  switch (step.name) {
    case "idle":
      return menuOf(ports, person);
    case "kind":
      return okAsync({
        said: say(locale, "kind.prompt"),
        keyboard: InlineKeyboard.from([
          ...offeredKinds(ports.profiles).map((kind) => [button(ports, person, `button.${kind}`, "kind", kind)]),
          languageButtons(ports, person),
        ]),
      });
    case "gender":
      return okAsync({
        said: say(locale, "gender.prompt", { kind: step.kind }),
        keyboard: InlineKeyboard.from([
          [
            button(ports, person, "button.female", "gender", "female"),
            button(ports, person, "button.male", "gender", "male"),
          ],
          [button(ports, person, leftOpen[step.kind], "gender", "unspecified")],
        ]),
      });
    case "name":
      return okAsync({ said: say(locale, "name.prompt", nameLimits) });
    case "photos":
      return findOverview(ports, person, step.avatarId).andThen((found) =>
        found
          ? consentQuestion(ports, person).andThen((asked) =>
              asked
                ? okAsync(asked)
                : priceOfTraining(ports, person).map((price) => photosQuestion(ports, person, found, price)),
            )
          : okAsync(undefined),
      );
    case "words":
      return findOverview(ports, person, step.avatarId).map(
        (found) => found && { said: say(locale, "words.prompt", { name: found.avatar.name, maximum: wordsLimit }) },
      );
    case "rename":
      return findOverview(ports, person, step.avatarId).map(
        (found) => found && { said: say(locale, "rename.prompt", { name: found.avatar.name, ...nameLimits }) },
      );
  }
}

/** Told before the work of finding photos. For convenience: without it photos are taken, too. */
const priceOfTraining = ({ likeness, log }: ChatPorts, { actor }: Person): ResultAsync<Quote | undefined, never> =>
  offerForTraining(likeness, { actor })
    .map(({ price }) => (price && price.amount > 0 ? price : undefined))
    .orElse(({ type: error }) => {
      log.warn({ actor, error }, "photos are asked for without the price of the training");
      return okAsync(undefined);
    });

/** In a full set, *undo* lets the person replace the last photo. */
function photosQuestion(
  ports: ChatPorts,
  person: Person,
  overview: AvatarOverview,
  price: Quote | undefined,
): Question {
  const { avatar, readiness } = overview;
  const { name, kind, id } = avatar;
  const { accepted, minimum, maximum, missing } = readiness;
  const said = ports.say(person.locale, "photos.prompt", { name, kind, accepted, minimum, maximum, price });
  if (missing > 0) return { said };
  const row =
    accepted < maximum
      ? [button(ports, person, "button.continue", "continue", id, eraIn(overview))]
      : photoButtons(ports, person, overview);
  return { said, keyboard: InlineKeyboard.from([row]) };
}
