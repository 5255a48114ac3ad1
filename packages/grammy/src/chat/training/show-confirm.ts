import { defaultPreset, presets } from "@likeness/core";
import type { AvatarOverview, CreditsFailure, Preset } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Payable } from "../../texts/payable.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { offerForTraining } from "../credits/offer-for.ts";
import { priceToken } from "../credits/price-token.ts";
import { eraIn, orderEra } from "../era.ts";
import { hasModel } from "../has-model.ts";
import type { ChatError, PressAnswer } from "../press.ts";
import { showMessage } from "../show-message.ts";
import type { Question } from "../question.ts";
import { usualMinutes } from "./remaining.ts";

/**
 * Shows the confirmation card of an avatar, by editing a message or as a new one. Returns a toast when it cannot be
 * trained now: a training under way, a kind that is not offered any more, too few photos. The preset of the last training is preselected.
 */
export function showConfirm(
  ports: ChatPorts,
  person: Person,
  found: AvatarOverview,
  messageId?: number,
  preset?: Preset,
): ResultAsync<PressAnswer, ChatError> {
  return safeTry(async function* () {
    const { status } = found.avatar.state;
    if (status === "training") return okAsync(ports.say(person.locale, "toast.training-active"));
    const profile = ports.profiles[found.avatar.kind];
    if (!profile) return okAsync(ports.say(person.locale, "toast.kind-unavailable"));
    if (found.readiness.missing > 0) return okAsync(ports.say(person.locale, "toast.missing", found.readiness));

    const [latest] = found.trainings;
    const chosen = ports.preset ?? preset ?? latest?.snapshot.preset ?? defaultPreset;
    const minutes = yield* usualMinutes(ports, { endpoint: profile.endpoint, preset: chosen });
    const offered = await offerForTraining(ports.likeness, person);
    if (offered.isErr()) return sayTrouble(ports, person, found.avatar.id, offered.error).map(() => undefined);
    const { said, keyboard } = confirmCard(ports, person, found, { preset: chosen, minutes, ...offered.value });
    return showMessage(ports, person, said, { keyboard, editing: messageId }).map(() => undefined);
  });
}

/** The host's credits do not answer. */
export const sayTrouble = (
  ports: ChatPorts,
  person: Person,
  avatarId: string,
  { type }: CreditsFailure,
): ResultAsync<void, ChatError> => {
  ports.log.error({ avatarId, actor: person.actor, error: type }, "credits could not be reserved");
  return showMessage(ports, person, ports.say(person.locale, "trouble")).map(() => undefined);
};

function confirmCard(
  ports: ChatPorts,
  person: Person,
  overview: AvatarOverview,
  { preset, ...known }: { readonly preset: Preset; readonly minutes: number | undefined } & Payable,
): Question {
  const { avatar, readiness } = overview;
  const { id, name, kind, gender } = avatar;
  const era = eraIn(overview);
  const { say } = ports;
  const { locale } = person;
  const choices = presets.map((each) => {
    const label = say(locale, "button.preset", { preset: each, chosen: each === preset });
    return [InlineKeyboard.text(label, callbackData(`preset-${each}`, id, era))];
  });
  return {
    said: say(locale, "confirm.prompt", {
      name,
      kind,
      gender,
      photos: readiness.accepted,
      preset,
      ...known,
      hasModel: hasModel(avatar),
      firstLook: ports.likeness.images.firstLook,
    }),
    keyboard: InlineKeyboard.from([
      ...(ports.preset === undefined ? choices : []),
      [button(ports, person, "button.train", `train-${preset}`, id, orderEra(overview) + priceToken(known.price))],
      [button(ports, person, "button.more-photos", "photos", id, era)],
    ]),
  };
}
