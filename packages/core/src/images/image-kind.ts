import { errAsync, ok, okAsync, safeTry } from "neverthrow";
import { discardJob } from "../jobs/jobs.ts";
import { contentCheck, mostBytesCheck } from "../orders/file-check.ts";
import { pictureLimits } from "../ports/picture-inspector.ts";
import type { Judge, OrderKind, Settlement } from "../orders/order-kind.ts";
import type { Order } from "../orders/order.ts";
import { imageKindName, isImageOrder, type ImageOrder } from "./image-order.ts";
import { keepPicture } from "./keep-picture.ts";
import { placeAgain } from "./place-again.ts";
import { tellSet } from "./tell-set.ts";

/** Measures a picture and marks it as made by a model. */
const judge: Judge = ({ images }, order, bytes) => {
  // Switched off since. It is not shown unjudged, and copied again when an operator says so.
  if (!images) return errAsync({ type: "wrong-content", detail: "this deployment makes no pictures" });
  const { inspector, marker } = images;
  return inspector
    .inspect(bytes)
    .andThen(({ contentType, width, height, black }) => {
      if (black) return ok({ type: "blocked", blocked: "black" } as const);
      const marked = marker.mark(bytes, { contentType, madeAt: madeAt(order), model: order.snapshot.endpoint });
      const facts = { contentType, width, height, bytes: marked.byteLength };
      return ok({ type: "fit", bytes: marked, facts } as const);
    })
    .orElse((error) =>
      error.type === "not-a-picture"
        ? errAsync({ type: "wrong-content", detail: error.detail } as const)
        : errAsync(error),
    );
};

const downloadSeconds = 30;

/** What pictures from a prompt and enlarged ones have in common. */
const pictureKind = (name: ImageOrder["kind"]): OrderKind => ({
  name,
  mainFile: "picture",
  messages: {},
  deadlines: ({ imageDeadlineSeconds: seconds }) => ({
    requested: seconds,
    unknown: seconds,
    submitted: seconds,
    fromPlacing: true,
  }),
  pollSeconds: ({ imagePollSeconds }) => imagePollSeconds,
  copySeconds: ({ imageCopySeconds: unreadable, imageWrongSeconds: wrong }) => ({
    unreadable,
    wrong,
    download: downloadSeconds,
  }),
  checks: () => [mostBytesCheck(pictureLimits.bytes), contentCheck()],
  judge,
  isOn: ({ images }) => images !== undefined,
  settlement: (order) => (isImageOrder(order) ? settlementOf(order) : "release"),
  placeAgain: (ports, order) => (isImageOrder(order) ? placeAgain(ports, order) : okAsync(undefined)),
  end: () => okAsync(undefined),
  finished: (tx, ports, order) =>
    safeTry(async function* () {
      if (!isImageOrder(order)) return ok(undefined);
      yield* keepPicture(tx, order);
      // The source picture may have been removed while it was needed here.
      const sources = (order.snapshot.manifest ?? []).map(({ blobKey }) => blobKey);
      if (sources.length > 0) yield* tx.jobs.enqueue(discardJob(`${order.id}:sources`, sources));
      return tellSet(tx, ports, order);
    }),
  isInUse: () => okAsync(false),
});

/** The order of a picture from a prompt, also one like another picture. */
export const imageKind = pictureKind(imageKindName);

/** The order of an enlarged picture. */
export const upscaleKind = pictureKind("upscale");

/** A picture that cannot be shown costs its owner nothing. */
function settlementOf({ snapshot, state }: ImageOrder): Settlement {
  if (!snapshot.charged) return "never";
  if (state.status !== "succeeded") return "release";
  const { picture } = state.outcome;
  if (picture?.free) return "release";
  // Its owner has removed it, which they can only after they have got it.
  if (!picture || picture.blobKey !== undefined) return "capture";
  return picture.blocked || picture.givenUp ? "release" : "later";
}

/** The same at every attempt, so that the same picture has the same bytes. */
const madeAt = ({ createdAt, state }: Order): string => ("finishedAt" in state ? state.finishedAt : createdAt);
