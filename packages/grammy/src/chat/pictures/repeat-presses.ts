import type { ImageCommands, PictureSet } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { deleteMessage } from "../../telegram/messages.ts";
import type { Repeat } from "../../texts/picture-texts.ts";
import type { TextParameters } from "../../texts/texts.ts";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { offerFor } from "../credits/offer-for.ts";
import { priceToken } from "../credits/price-token.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { cardKey } from "./draw.ts";
import { placeSet, type PlacedKind, type PlaceSetError } from "./place-set.ts";
import { sayTrouble } from "./show-order.ts";
import { stopDrawing } from "./stop-drawing.ts";

/** What a press orders again. */
interface Wanted extends PlacedKind {
  readonly what: Repeat;
  order(images: ImageCommands, idempotencyKey: string): ResultAsync<PictureSet, PlaceSetError>;
}

/** `undefined`: what is to be repeated is gone, or another person's. */
type Find = (ports: ChatPorts, person: Person, id: string) => ResultAsync<Wanted | undefined, ChatError>;

const ofPicture =
  ({ kind, ...given }: Omit<Wanted, "count" | "order"> & { readonly by: "again" | "variation" | "upscale" }): Find =>
  ({ likeness }, { actor }, pictureId) =>
    likeness.images
      .view({ actor, pictureId })
      .map((): Wanted => ({
        what: given.what,
        kind,
        count: 1,
        order: (images, idempotencyKey) => images[given.by]({ actor, pictureId, idempotencyKey }),
      }))
      .orElse((error) => (error.type === "picture-not-found" ? okAsync(undefined) : errAsync(error)));

/** The same order once more, as large as it was. */
const ofSet: Find = ({ likeness }, { actor }, setId) =>
  likeness.images
    .set({ actor, setId })
    .map((set): Wanted => {
      const { from, parentId } = set.places[0].order.snapshot.plan;
      const kind = parentId !== undefined && from === "upscale" ? "upscale" : "image";
      return { what: "set", kind, count: set.places.length, order: (images, key) => orderAgain(images, set, key) };
    })
    .orElse((error) => (error.type === "set-not-found" ? okAsync(undefined) : errAsync(error)));

function orderAgain(
  images: ImageCommands,
  { ownerId: actor, avatarId, places }: PictureSet,
  idempotencyKey: string,
): ResultAsync<PictureSet, PlaceSetError> {
  const plans = places.map(({ order }) => order.snapshot.plan);
  // The words of a picture go with it when its owner removes it.
  const plan = plans.find(({ words, scene }) => words !== undefined || scene !== undefined);
  if (!plan) return errAsync({ type: "picture-not-found", pictureId: places[0].order.id });
  const { from, scene = "", words, ratio, resemblance, parentId } = plan;
  if (parentId !== undefined) {
    const command = { actor, pictureId: parentId, idempotencyKey };
    return from === "upscale" ? images.upscale(command) : images.variation(command);
  }
  const subject = words === undefined ? { scene } : { words };
  return images.generate({ actor, avatarId, ...subject, ratio, resemblance, count: places.length, idempotencyKey });
}

const finds = {
  again: ofPicture({ what: "again", kind: "image", by: "again" }),
  variation: ofPicture({ what: "variation", kind: "image", by: "variation" }),
  larger: ofPicture({ what: "larger", kind: "upscale", by: "upscale" }),
  redraw: ofSet,
} as const satisfies Partial<Record<Verb, Find>>;

type Again = keyof typeof finds;

/** Orders at once what costs nothing, one set per press; asks before what has a price. */
const orderOrAsk =
  (verb: Again): PressHandler =>
  (ports, press) =>
    safeTry(async function* () {
      const wanted = yield* finds[verb](ports, press.person, press.id);
      if (!wanted) return okAsync(oldButton(ports, press));
      const offered = await offerFor(ports.likeness, { actor: press.person.actor, ...wanted });
      if (offered.isErr()) return sayTrouble(ports, press.person, offered.error).map(() => undefined);
      const { price, ...rest } = offered.value;
      return price
        ? ask(ports, press, verb, { what: wanted.what, price, ...rest })
        : placeSet(ports, press, wanted, wanted.order(ports.likeness.images, `telegram:press:${press.queryId}`));
    });

const ask = (
  ports: ChatPorts,
  { person, id }: Press,
  verb: Again,
  question: TextParameters<"repeat.ask">[0],
  editing?: number,
): ResultAsync<PressAnswer, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "repeat.ask", question), {
    keyboard: InlineKeyboard.from([
      [button(ports, person, "button.draw-it", `${verb}-yes`, id, priceToken(question.price))],
      [button(ports, person, "button.not-now", "redraw-no")],
    ]),
    editing,
  }).map(() => undefined);

/**
 * *Yes*: the question orders one set, however often it is pressed, and becomes the message about it. Where the price is
 * another one now, it asks again.
 */
const orderAsked =
  (verb: Again): PressHandler =>
  (ports, press) =>
    safeTry(async function* () {
      const { person, messageId } = press;
      const wanted = yield* finds[verb](ports, person, press.id);
      if (!wanted || messageId === undefined) return okAsync(oldButton(ports, press));
      const offered = await offerFor(ports.likeness, { actor: person.actor, ...wanted });
      if (offered.isErr()) return sayTrouble(ports, person, offered.error).map(() => undefined);
      const { price, ...rest } = offered.value;
      if (price && priceToken(price) !== press.era)
        return ask(ports, press, verb, { what: wanted.what, price, ...rest }, editable(press));
      const order = wanted.order(ports.likeness.images, cardKey(person.chatId, messageId));
      return placeSet(ports, press, wanted, order, editable(press));
    });

const notNow: PressHandler = ({ api }, { person, messageId }) =>
  messageId === undefined ? okAsync(undefined) : deleteMessage(api, person.chatId, messageId).map(() => undefined);

/** The buttons that order something like what was drawn, or cancel what is being drawn. */
export const repeatPresses = {
  again: orderOrAsk("again"),
  variation: orderOrAsk("variation"),
  larger: orderOrAsk("larger"),
  redraw: orderOrAsk("redraw"),
  "again-yes": orderAsked("again"),
  "variation-yes": orderAsked("variation"),
  "larger-yes": orderAsked("larger"),
  "redraw-yes": orderAsked("redraw"),
  "redraw-no": notNow,
  stop: stopDrawing,
} as const satisfies Partial<Record<Verb, PressHandler>>;
