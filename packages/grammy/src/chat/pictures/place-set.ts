import type { GenerateImagesError, PictureSet, UpscaleError } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { noteOrder } from "../../conversation/conversations.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { noteUnpaid, type OrderCard } from "../credits/note-unpaid.ts";
import { offerForPictures, type WantedPictures } from "../credits/offer-for.ts";
import { sayRefused } from "../credits/say-refused.ts";
import { claimHint } from "../hints/claim-hint.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { refuseByGuard } from "../refuse-by-guard.ts";
import { showMessage } from "../show-message.ts";
import { showDrawing } from "./show-drawing.ts";
import { sayTrouble } from "./show-order.ts";
import { saySceneGone } from "./when-gone.ts";

export type PlaceSetError = GenerateImagesError | UpscaleError;

/** Pictures that a press orders. */
interface PlacedSet {
  readonly wanted: WantedPictures;
  readonly order: ResultAsync<PictureSet, PlaceSetError>;
  /** Its message becomes the one about the set. */
  readonly card: OrderCard;
}

/** Shows how a set that was just ordered is drawn, or says why it was not ordered. */
export const placeSet = (
  ports: ChatPorts,
  press: Press,
  { wanted, order, card }: PlacedSet,
): ResultAsync<PressAnswer, ChatError> =>
  safeTry(async function* () {
    const placed = await order;
    if (placed.isErr()) return refuse(ports, press, { wanted, card }, placed.error);
    yield* noteOrder(ports.store.sessions, press.person, placed.value.id);
    const isUnderWay = yield* showDrawing(ports, press.person, placed.value, card.messageId);
    return okAsync(isUnderWay ? undefined : oldButton(ports, press));
  });

/** Short reasons are toasts, and others are said once a card, so that twenty presses do not leave twenty messages. */
function refuse(
  ports: ChatPorts,
  press: Press,
  { wanted, card }: Pick<PlacedSet, "wanted" | "card">,
  error: PlaceSetError,
): ResultAsync<PressAnswer, ChatError> {
  const { say } = ports;
  const { person } = press;
  const { locale } = person;
  const tell = (said: Text): ResultAsync<PressAnswer, ChatError> =>
    claimHint(ports, person, { topic: `${error.type}:${press.messageId}` }).andThen((claimed) =>
      claimed ? showMessage(ports, person, said).map(() => undefined) : okAsync(undefined),
    );
  switch (error.type) {
    case "avatar-not-found":
    case "picture-not-found":
    // A button of ours holds only what can be ordered, so this one is forged or of another version.
    case "invalid-request":
      return okAsync(oldButton(ports, press));
    case "no-model":
      return okAsync(say(locale, "toast.no-model", { status: error.status }));
    case "model-elsewhere":
      return okAsync(say(locale, "toast.model-elsewhere"));
    case "not-allowed":
    case "paid-work-off":
    case "too-many-orders":
    case "spend-cap-reached":
      return refuseByGuard(ports, person, error);
    case "picture-too-large":
      return okAsync(say(locale, "toast.too-large"));
    case "unknown-scene":
      return press.verb === "draw" ? saySceneGone(ports, person, press.id) : okAsync(oldButton(ports, press));
    case "invalid-words": {
      const { type: _type, ...problem } = error;
      return tell(say(locale, "words.invalid", problem));
    }
    case "prompt-refused":
      return tell(say(locale, "words.refused"));
    case "credits-refused":
      return noteUnpaid(ports, press, card)
        .andThen(() => sayRefused(ports, person, offerForPictures(ports.likeness, person, wanted), "credits.pictures"))
        .andThen(tell);
    case "prompt-hook-failure":
    case "credits-failure":
      return sayTrouble(ports, person, error).map(() => undefined);
    case "storage-failure":
      return errAsync(error);
  }
}
