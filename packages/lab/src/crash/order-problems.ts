import type { ObservedOrder } from "./stage/observe.ts";

/** The reasons for a failure that come from the provider. */
const byProvider: readonly string[] = ["provider_error", "content_blocked", "input_gone"];

export const isOver = ({ status }: ObservedOrder): boolean => ["succeeded", "failed", "cancelled"].includes(status);

/** Whether it never ended, or the provider ran it with success and what came out was lost. */
export const isLost = (order: ObservedOrder, mayFail: readonly string[] = byProvider): boolean =>
  !isOver(order) ||
  (order.taken && order.status === "failed" && !mayFail.includes(order.reason ?? "")) ||
  (order.picture?.made === "fine" && !order.picture.kept);

/** Whether its owner has its picture and was not shown it. */
export const isUnseen = ({ picture }: ObservedOrder): boolean => picture?.kept === true && picture.shown === 0;

/** Whether the provider blocked its picture, and its owner has it or has seen it. */
export const isWronglyShown = ({ picture }: ObservedOrder): boolean =>
  picture?.made === "blocked" && (picture.kept || picture.shown > 0);

/**
 * What is wrong with the credits of an order for which nothing is left to do: they are reserved, and then captured for
 * what its owner got, or else released.
 */
export function creditsProblem(order: ObservedOrder): string | undefined {
  const { credits, status, picture, finished } = order;
  if (!credits || !finished) return undefined;
  const expected = status === "succeeded" && picture?.kept !== false ? "captured" : "released";
  return credits === expected ? undefined : `its credits are to be ${expected}, and are ${credits}`;
}
