import { genders, offeredKinds, type AvatarKind } from "@likeness/core";
import { okAsync, safeTry } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { findConversation } from "../../conversation/conversations.ts";
import { isOutdated, withAvatar } from "../avatars/with-avatar.ts";
import type { Verb } from "../callback-data.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { chooseLocale } from "./choose-locale.ts";
import { moveStep } from "./move-step.ts";
import { beginAvatar, resume, tokenOf } from "./resume.ts";
import { showBelow, showStep } from "./show-step.ts";

interface Choice {
  /** The id in the button's data. */
  readonly chosen: string;
  readonly newAvatarId: string;
  /** Whether the button is below the question of the current step, as far as that is known. */
  readonly isAsked: boolean;
  /** The kinds of avatar to choose from. */
  readonly kinds: readonly AvatarKind[];
}

/** The step after a press. `undefined`: the button does not fit the current step, so it is old. */
type Way = (from: Step, choice: Choice) => Step | undefined;

/** A press on a choice that was made already, e.g. before a crash of this handler, shows the next question. */
const stepping =
  (way: Way): PressHandler =>
  (ports, press) => {
    const newAvatarId = ports.ids.next();
    const kinds = offeredKinds(ports.profiles);
    return findConversation(ports.store.sessions, press.person)
      .andThen(({ promptId }) => {
        const isAsked = promptId === undefined || promptId === press.messageId;
        return moveStep(ports, press.person, (from) => way(from, { chosen: press.id, newAvatarId, isAsked, kinds }));
      })
      .andThen(({ to }) =>
        to
          ? showStep(ports, press.person, { editing: editable(press) }).map(() => undefined)
          : okAsync(oldButton(ports, press)),
      );
  };

const toGender: Way = (from, { chosen, isAsked, kinds }) => {
  const kind = kinds.find((candidate) => candidate === chosen);
  return kind && isAsked && (from.name === "kind" || from.name === "gender") ? { name: "gender", kind } : undefined;
};

const toName: Way = (from, { chosen, newAvatarId, isAsked }) => {
  const gender = genders.find((candidate) => candidate === chosen);
  if (!gender || !isAsked || (from.name !== "gender" && from.name !== "name")) return undefined;
  const avatarId = from.name === "name" ? from.avatarId : newAvatarId;
  return { name: "name", kind: from.kind, gender, avatarId };
};

const toKind: Way = (from, { chosen, isAsked }) =>
  (from.name === "kind" && isAsked) || tokenOf(from) === chosen ? { name: "kind" } : undefined;

/** *Photos*: the photos sent next are for this avatar. */
const collectPhotos: PressHandler = (ports, press) =>
  withAvatar(ports, press, (overview) =>
    safeTry(async function* () {
      const { person, id: avatarId } = press;
      const { status } = overview.avatar.state;
      if (status === "training") return okAsync(ports.say(person.locale, "toast.training-active"));
      if (isOutdated(press, overview)) return okAsync(oldButton(ports, press));
      yield* moveStep(ports, person, () => ({ name: "photos", avatarId }));
      return showBelow(ports, press).map(() => undefined);
    }),
  );

/** The handlers of the wizard's buttons. */
export const wizardPresses = {
  create: beginAvatar,
  resume,
  restart: stepping(toKind),
  kind: stepping(toGender),
  gender: stepping(toName),
  photos: collectPhotos,
  locale: chooseLocale,
} as const satisfies Partial<Record<Verb, PressHandler>>;
