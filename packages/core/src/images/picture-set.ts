import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { EndedSet } from "../messages/notification.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import { outcomeIn } from "../orders/order.ts";
import { hasEnded } from "../orders/order-lifecycle.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { isImageOrder, type ImageOrder } from "./image-order.ts";
import type { Picture } from "./picture.ts";

/** What has become of one picture of a set. */
export type PictureStatus = "drawing" | "shown" | "blocked" | "failed" | "cancelled" | "removed";

/** One picture of a set. */
export interface PlaceInSet {
  /** From 1. */
  readonly place: number;
  readonly order: ImageOrder;
  readonly status: PictureStatus;
  /** Of a failed one. */
  readonly reason?: FailureReason | undefined;
  /** Of a shown one. */
  readonly picture?: Picture | undefined;
}

/** Pictures that were ordered together and are told together. */
export interface PictureSet {
  /** The id of its first order. */
  readonly id: string;
  readonly avatarId: string;
  readonly ownerId: string;
  readonly places: readonly [PlaceInSet, ...PlaceInSet[]];
}

/** Whether nothing of the set is under way any more. */
export const isDone = ({ places }: PictureSet): boolean => places.every(({ status }) => status !== "drawing");

/** The pictures of a set that can be shown, in their order. */
export const shownIn = ({ places }: PictureSet): Picture[] => places.flatMap(({ picture }) => picture ?? []);

/** What the owner is told of a set when it is done. A picture that came late is not announced: it counts as failed. */
export function endOf({ id: setId, places }: PictureSet): EndedSet {
  const reasons = places.flatMap((place) => failureOf(place) ?? []);
  const [reason, ...others] = new Set(reasons);
  return {
    setId,
    pictureIds: places.flatMap(({ order, picture }) => (isInTime(order) && picture ? [picture.id] : [])),
    blocked: places.filter(({ status }) => status === "blocked").length,
    failed: reasons.length,
    ...(reason && others.length === 0 && { reason }),
  };
}

const isInTime = ({ state }: ImageOrder): boolean => state.status === "succeeded";

function failureOf({ order: { state }, status, reason }: PlaceInSet): FailureReason | undefined {
  if (status === "failed") return reason;
  return status === "shown" && state.status === "failed" ? state.reason : undefined;
}

/** Reads a set with its pictures; `undefined` when there is none, or its avatar was erased. */
export const readSet = (
  { orders, pictures }: Pick<Repositories, "orders" | "pictures">,
  setId: string,
): ResultAsync<PictureSet | undefined, StorageFailure> =>
  safeTry(async function* () {
    const latest = new Map<number, ImageOrder>();
    // An order that was placed again counts instead of the first one.
    for (const order of (yield* orders.listBySet(setId)).filter(isImageOrder))
      if (!latest.get(order.snapshot.place)?.snapshot.again) latest.set(order.snapshot.place, order);
    const made = [...latest.values()].filter(isCopied).map(({ id }) => id);
    const pictureOf = new Map((yield* pictures.findMany(made)).map((picture) => [picture.id, picture]));
    const places = [...latest]
      .toSorted(([one], [other]) => one - other)
      .map(([place, order]): PlaceInSet => ({ place, order, ...statusOf(order, pictureOf.get(order.id)) }));
    const [first, ...others] = places;
    if (!first) return ok(undefined);
    const { avatarId, ownerId } = first.order;
    return ok({ id: setId, avatarId, ownerId, places: [first, ...others] } satisfies PictureSet);
  });

/** Only then there can be a picture of it. */
const isCopied = ({ state }: ImageOrder): boolean => outcomeIn(state)?.picture?.blobKey !== undefined;

function statusOf(order: ImageOrder, picture: Picture | undefined): Omit<PlaceInSet, "place" | "order"> {
  const { state } = order;
  if (picture) return { status: "shown", picture };
  if (!hasEnded(state) || isPlacedAgain(order)) return { status: "drawing" };
  if (state.status === "cancelled") return { status: "cancelled" };
  if (state.status === "failed")
    return state.reason === "content_blocked" ? { status: "blocked" } : { status: "failed", reason: state.reason };
  const file = state.outcome.picture;
  if (!file) return { status: "removed" };
  if (file.blocked) return { status: "blocked" };
  return file.givenUp ? { status: "failed", reason: "result_lost" } : { status: "drawing" };
}

/** Whether its job is about to place the order once more, because the provider could not read what it was sent by a link. */
export const isPlacedAgain = ({ state, snapshot, nextCheckAt }: ImageOrder): boolean =>
  state.status === "failed" && state.reason === "input_gone" && nextCheckAt !== undefined && !snapshot.again;
