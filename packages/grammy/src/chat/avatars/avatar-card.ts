import type { AvatarOverview, AvatarStatus } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { Text } from "../../texts/text.ts";
import { button, type ButtonKey } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { hasModel } from "../has-model.ts";
import { isCancellable, trainingUnderWay } from "../training/progress-card.ts";

export interface AvatarCard {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
}

/** The buttons of an avatar, by its status. */
const actions = {
  draft: [["button.more-photos", "photos"]],
  training: [
    ["button.progress", "progress"],
    ["button.cancel-training", "cancel-ask"],
  ],
  failed: [
    ["button.train-again", "confirm"],
    ["button.more-photos", "photos"],
  ],
  ready: [["button.train-again", "confirm"]],
} as const satisfies Record<AvatarStatus, readonly (readonly [ButtonKey, Verb])[]>;

/** An avatar as a message, or as the caption of its photo. */
export function avatarCard(
  ports: Pick<ChatPorts, "say" | "likeness" | "profiles">,
  person: Pick<Person, "locale">,
  overview: AvatarOverview,
): AvatarCard {
  const { avatar, readiness } = overview;
  const { accepted, minimum, maximum, missing } = readiness;
  const { id, name, kind, gender, main, state } = avatar;
  const { status } = state;
  const said = ports.say(person.locale, "avatar.card", {
    name,
    kind,
    gender,
    status,
    main,
    accepted,
    minimum,
    maximum,
    removed: status === "ready" && overview.photos.length === 0 && avatar.photosTaken > 0,
  });
  const asking = (key: ButtonKey, verb: Verb) => [button(ports, person, key, verb, id)];
  const era = eraIn(overview);
  const orders = (key: ButtonKey, verb: Verb) => [button(ports, person, key, verb, id, era)];
  const trainable = ports.profiles[kind] !== undefined;
  const underWay = trainingUnderWay(overview);
  const isPossible = (verb: Verb): boolean =>
    (trainable || verb !== "confirm") &&
    (verb !== "cancel-ask" || underWay === undefined || isCancellable(underWay.training));
  const pictures = ports.likeness.images.available && hasModel(avatar);
  const keyboard = new InlineKeyboard([
    ...(pictures ? [[...asking("button.make-pictures", "make"), ...asking("button.gallery", "gallery")]] : []),
    ...(trainable && status === "draft" && missing === 0 ? [orders("button.train", "confirm")] : []),
    ...actions[status].filter(([, verb]) => isPossible(verb)).map(([key, verb]) => orders(key, verb)),
    ...(status === "ready" && !main ? [asking("button.main", "main")] : []),
    [...asking("button.rename", "rename"), ...asking("button.delete", "delete-ask")],
    [button(ports, person, "button.avatars", "avatars")],
  ]);
  return { said, keyboard };
}
