import { okAsync, type ResultAsync } from "neverthrow";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { showImages } from "../commands/images.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { moveStep } from "../wizard/move-step.ts";
import { draw } from "./draw.ts";
import { findChosen } from "./order-card.ts";
import { findScene, readChoice, type PictureChoice } from "./picture-choice.ts";
import { sceneCard } from "./scene-card.ts";
import { readSceneView } from "./scene-view.ts";
import { showOrder } from "./show-order.ts";
import { askForWords } from "./take-words.ts";
import { saySceneGone, whenGone } from "./when-gone.ts";
import { usualCount } from "./usual-count.ts";
import { withDrawable } from "./with-drawable.ts";

/** *Make pictures*: the scenes of an avatar in a new message, because the one with the button says something. */
const make: PressHandler = (ports, press) =>
  press.id === ""
    ? showImages(ports, press.person).map(() => undefined)
    : withDrawable(ports, press, ({ avatar }) => {
        const { said, keyboard } = sceneCard(ports, press.person, avatar);
        return showMessage(ports, press.person, said, { keyboard }).map(() => undefined);
      });

/** Another page of the scenes, or those of a pack, in the same message. */
const turnScenes: PressHandler = (ports, press) =>
  withDrawable(ports, press, ({ avatar }) => {
    const { said, keyboard } = sceneCard(ports, press.person, avatar, readSceneView(press.era));
    return showMessage(ports, press.person, said, { keyboard, editing: editable(press) }).map(() => undefined);
  });

/** A scene: its card, with the shape that suits it. */
const chooseScene: PressHandler = (ports, press) =>
  withDrawable(ports, press, ({ avatar }) => {
    const scene = findScene(ports.likeness.images.scenes(), press.era ?? "");
    if (!scene) return saySceneGone(ports, press.person, avatar.id);
    const { ratio } = scene;
    // Who chooses a scene does not write words any more.
    return moveStep(ports, press.person, ({ name }) => (name === "words" ? { name: "idle" } : undefined))
      .andThen(() => usualCount(ports, press.person))
      .andThen((count) => showChoice(ports, press, { subject: { scene: press.era ?? "" }, ratio, count }));
  });

/** Another shape or number on a card. */
const chooseShape: PressHandler = (ports, press) => {
  const choice = readChoice(press.era);
  return choice ? showChoice(ports, press, choice) : okAsync(oldButton(ports, press));
};

const showChoice = (ports: ChatPorts, press: Press, choice: PictureChoice): ResultAsync<PressAnswer, ChatError> =>
  withDrawable(ports, press, ({ avatar }) =>
    findChosen(ports, press.person, choice.subject).andThen((chosen) =>
      chosen
        ? showOrder(ports, press.person, avatar, chosen, choice, editable(press)).map(() => undefined)
        : whenGone(ports, press.person, avatar.id, choice.subject),
    ),
  );

/** The buttons that lead from an avatar to an order of pictures. */
export const makePicturesPresses = {
  make,
  scenes: turnScenes,
  scene: chooseScene,
  words: askForWords,
  shape: chooseShape,
  draw,
} as const satisfies Partial<Record<Verb, PressHandler>>;
