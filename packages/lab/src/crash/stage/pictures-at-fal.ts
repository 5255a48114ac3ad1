import type { FalFake, FalFakePicture } from "@likeness/fal/testing";
import { orderInAddress } from "./paid-requests.ts";

/** What fal has made of an order: a picture that may be shown, one that must not, or bytes that are no picture. */
export type MadeAtFal = "fine" | "blocked" | "broken";

/** By the ids of the orders whose pictures fal has made. */
export type PicturesAtFal = () => ReadonlyMap<string, MadeAtFal>;

const madeBy = {
  drawn: "fine",
  unflagged: "fine",
  flagged: "blocked",
  black: "blocked",
  empty: "broken",
  html: "broken",
  truncated: "broken",
  huge: "broken",
  bomb: "broken",
} as const satisfies Record<FalFakePicture, MadeAtFal>;

/** Reads the fake's snapshot, because fal itself does not tell what is black. */
export const picturesAtFal =
  (fal: FalFake): PicturesAtFal =>
  () =>
    new Map(
      fal.snapshot().requests.flatMap(({ webhookUrl, behaviour, state }) => {
        const orderId = orderInAddress(webhookUrl);
        const isMade = state.status === "finished" && state.answer.status === 200;
        return orderId && isMade ? [[orderId, madeBy[behaviour.picture]] as const] : [];
      }),
    );
