import type { ImageCommands, Picture, PictureSet } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { deleteMessage } from "../../telegram/messages.ts";
import type { Repeat } from "../../texts/picture-texts.ts";
import type { TextParameters } from "../../texts/texts.ts";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { offerForPictures, type WantedPictures } from "../credits/offer-for.ts";
import { priceToken } from "../credits/price-token.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { cardKey } from "./draw.ts";
import { placeSet, type PlaceSetError } from "./place-set.ts";
import { sayTrouble } from "./show-order.ts";
import { stopDrawing } from "./stop-drawing.ts";

/** What a press orders again. */
interface Wanted {
  readonly what: Repeat;
  readonly pictures: WantedPictures;
  order(images: ImageCommands, idempotencyKey: string): ResultAsync<PictureSet, PlaceSetError>;
}

/** `undefined`: what is to be repeated is gone, or another person's. */
type Find = (ports: ChatPorts, person: Person, id: string) => ResultAsync<Wanted | undefined, ChatError>;

interface Repeated {
  readonly what: Repeat;
  readonly by: "again" | "variation" | "upscale";
  /** What it is, for its price. */
  pictures(picture: Picture): WantedPictures;
}

const ofPicture =
  ({ what, by, pictures }: Repeated): Find =>
  ({ likeness }, { actor }, pictureId) =>
    likeness.images
      .view({ actor, pictureId })
      .map(({ picture }): Wanted => ({
        what,
        pictures: pictures(picture),
        order: (images, idempotencyKey) => images[by]({ actor, pictureId, idempotencyKey }),
      }))
      .orElse((error) => (error.type === "picture-not-found" ? okAsync(undefined) : errAsync(error)));

/** The same order once more, as large as it was. */
const ofSet: Find = ({ likeness }, { actor }, setId) =>
  likeness.images
    .set({ actor, setId })
    .andThen((set) => {
      const wanted = (pictures: WantedPictures): Wanted => ({
        what: "set",
        pictures,
        order: (images, key) => orderAgain(images, set, key),
      });
      const { from, parentId, ratio } = set.places[0].order.snapshot.plan;
      const recipe = parentId === undefined ? "image" : from === "upscale" ? "upscale" : "variation";
      const count = set.places.length;
      if (parentId === undefined) return okAsync(wanted({ recipe, count, ratio }));
      return likeness.images
        .view({ actor, pictureId: parentId })
        .map(({ picture }) => wanted({ recipe, count, size: picture }))
        .orElse((error) =>
          error.type === "picture-not-found" ? okAsync(wanted({ recipe, count, ratio })) : errAsync(error),
        );
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

/** A picture that was made from another one comes in the size of that again; of an enlarged one, the other is meant. */
const drawnAgain = ({ plan: { from, ratio }, ...size }: Picture): WantedPictures =>
  from === "variation" ? { recipe: "variation", size } : { recipe: "image", ratio };

const finds = {
  again: ofPicture({ what: "again", by: "again", pictures: drawnAgain }),
  variation: ofPicture({ what: "variation", by: "variation", pictures: (size) => ({ recipe: "variation", size }) }),
  larger: ofPicture({ what: "larger", by: "upscale", pictures: (size) => ({ recipe: "upscale", size }) }),
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
      const offered = await offerForPictures(ports.likeness, press.person, wanted.pictures);
      if (offered.isErr()) return sayTrouble(ports, press.person, offered.error).map(() => undefined);
      const { price, ...rest } = offered.value;
      return price
        ? ask(ports, press, verb, { what: wanted.what, price, ...rest })
        : placeSet(ports, press, {
            wanted: wanted.pictures,
            order: wanted.order(ports.likeness.images, `telegram:press:${press.queryId}`),
            card: { verb },
          });
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
      const offered = await offerForPictures(ports.likeness, person, wanted.pictures);
      if (offered.isErr()) return sayTrouble(ports, person, offered.error).map(() => undefined);
      const { price, ...rest } = offered.value;
      if (price && priceToken(price) !== press.era)
        return ask(ports, press, verb, { what: wanted.what, price, ...rest }, editable(press));
      const order = wanted.order(ports.likeness.images, cardKey(person.chatId, messageId));
      return placeSet(ports, press, { wanted: wanted.pictures, order, card: { verb, messageId: editable(press) } });
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
