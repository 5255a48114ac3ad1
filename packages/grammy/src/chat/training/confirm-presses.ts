import { presets, type AvatarOverview, type Preset, type StartTrainingError } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { noteOrder } from "../../conversation/conversations.ts";
import { isOutdated, withAvatar } from "../avatars/with-avatar.ts";
import type { Verb } from "../callback-data.ts";
import { askBeforeTraining } from "../consent/ask-consent.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { eraIn, orderEra, orderEraStart } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import { noteUnpaid, type OrderCard } from "../credits/note-unpaid.ts";
import { offerForTraining } from "../credits/offer-for.ts";
import { isPriceOf } from "../credits/price-token.ts";
import { sayRefused } from "../credits/say-refused.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { refuseByGuard } from "../refuse-by-guard.ts";
import { showMessage } from "../show-message.ts";
import { forgetDraft } from "../wizard/forget-draft.ts";
import { sayTrouble, showConfirm } from "./show-confirm.ts";
import { showProgress } from "./show-progress.ts";

/** Sends a new card, so that the message with the button, e.g. why a training failed, stays readable. */
const confirm: PressHandler = (ports, press) =>
  withAvatar(ports, press, (overview) =>
    isTooLate(press, overview) ? okAsync(oldButton(ports, press)) : showConfirm(ports, press.person, overview),
  );

const choose =
  (preset: Preset): PressHandler =>
  (ports, press) =>
    withAvatar(ports, press, (overview) =>
      isTooLate(press, overview)
        ? okAsync(oldButton(ports, press))
        : showConfirm(ports, press.person, overview, editable(press), preset),
    );

/** If a training is under way, the answer says so, however old the button is. */
const isTooLate = (press: Press, overview: AvatarOverview): boolean =>
  overview.avatar.state.status !== "training" && isOutdated(press, overview);

/** If there are too few photos now, the answer says so; with any other change of the photos the card is old. */
function isOldOrder({ era, ...press }: Press, overview: AvatarOverview): boolean {
  if (era === undefined) return isTooLate(press, overview);
  const known = overview.readiness.missing > 0 ? orderEraStart(overview) : orderEra(overview);
  return overview.avatar.state.status !== "training" && !era.startsWith(known);
}

/**
 * A card orders one training, however often it is pressed and however many processes handle the presses. A card that
 * Telegram no longer has cannot be identified, so it orders nothing; nor does a card whose avatar has changed since,
 * even by the card's own training. Where the price is another one now, the card shows it before it orders anything.
 */
const train =
  (preset: Preset): PressHandler =>
  (ports, press) =>
    withAvatar(ports, press, (overview) =>
      press.messageId === undefined || isOldOrder(press, overview)
        ? okAsync(oldButton(ports, press))
        : orderAtPrice(ports, press, preset, { overview, messageId: press.messageId }),
    );

interface CardPress {
  readonly overview: AvatarOverview;
  readonly messageId: number;
}

const orderAtPrice = (
  ports: ChatPorts,
  press: Press,
  preset: Preset,
  card: CardPress,
): ResultAsync<PressAnswer, ChatError> =>
  safeTry(async function* () {
    const { overview } = card;
    const { person, era } = press;
    const { status } = overview.avatar.state;
    // The card may have ordered it already, or it says what is missing.
    if (status === "training" || overview.readiness.missing > 0) return order(ports, press, preset, card);
    const shown = await isPriceOf(era?.slice(orderEra(overview).length), offerForTraining(ports.likeness, person));
    if (shown.isErr()) return sayTrouble(ports, person, press.id, shown.error).map(() => undefined);
    return shown.value
      ? order(ports, press, preset, card)
      : showConfirm(ports, person, overview, editable(press), preset);
  });

const order = (
  ports: ChatPorts,
  press: Press,
  preset: Preset,
  { overview, messageId }: CardPress,
): ResultAsync<PressAnswer, ChatError> =>
  safeTry(async function* () {
    const { person, id: avatarId } = press;
    const started = await ports.likeness.trainings.start({
      actor: person.actor,
      avatarId,
      preset: ports.preset ?? preset,
      idempotencyKey: `telegram:${person.chatId}:${messageId}`,
    });
    if (started.isErr())
      return refuse(ports, press, started.error, {
        verb: `preset-${preset}`,
        era: eraIn(overview),
        messageId: editable(press),
      });
    yield* noteOrder(ports.store.sessions, person, avatarId);
    yield* forgetDraft(ports, person, avatarId);
    const found = yield* findOverview(ports, person, avatarId);
    if (!found) return okAsync(oldButton(ports, press));
    const current = { avatar: found.avatar, training: started.value };
    return showProgress(ports, person, current, { editing: editable(press) }).map(() => undefined);
  });

function refuse(
  ports: ChatPorts,
  press: Press,
  error: StartTrainingError,
  card: OrderCard,
): ResultAsync<PressAnswer, ChatError> {
  const { say } = ports;
  const { person } = press;
  switch (error.type) {
    case "avatar-not-found":
      return okAsync(oldButton(ports, press));
    case "kind-unavailable":
      return okAsync(say(person.locale, "toast.kind-unavailable"));
    case "consent-missing":
      return askBeforeTraining(ports, person, press.id).map(() => undefined);
    case "training-active":
      return okAsync(say(person.locale, "toast.training-active"));
    case "not-ready":
      return okAsync(say(person.locale, "toast.missing", error.readiness));
    case "not-allowed":
    case "paid-work-off":
    case "too-many-orders":
    case "spend-cap-reached":
      return refuseByGuard(ports, person, error);
    case "credits-refused":
      return noteUnpaid(ports, press, card)
        .andThen(() => sayRefused(ports, person, offerForTraining(ports.likeness, person), "credits.refused"))
        .andThen((said) => showMessage(ports, person, said))
        .map(() => undefined);
    case "credits-failure":
      return sayTrouble(ports, person, press.id, error).map(() => undefined);
    case "storage-failure":
      return errAsync(error);
  }
}

const forEachPreset = <Name extends string>(name: Name, handlerOf: (preset: Preset) => PressHandler) =>
  Object.fromEntries(presets.map((preset) => [`${name}-${preset}`, handlerOf(preset)])) as Record<
    `${Name}-${Preset}`,
    PressHandler
  >;

/** The handlers of the confirmation card's buttons, and of those that lead to it. */
export const confirmPresses = {
  confirm,
  ...forEachPreset("preset", choose),
  ...forEachPreset("train", train),
} as const satisfies Partial<Record<Verb, PressHandler>>;
