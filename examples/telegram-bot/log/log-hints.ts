import { listen, type Log, type OrderChanged } from "@likeness/core";

/** Logs by which command an operator adopts a late result, or has files copied after all. Returns a function that stops it. */
export const logHints = (log: Log): (() => void) =>
  listen({ order: { end: (event) => hint(event, log) } }, (cause) => log.warn({ err: cause }, "a hint was not logged"));

function hint({ orderId, avatarId, orderKind, note }: OrderChanged, log: Log): void {
  // Only a training's result can be adopted.
  const adopt = orderKind === "training" ? { adopt: `npm run adopt -- ${orderId}` } : {};
  if (note === "late-result") log.info({ orderId, avatarId, ...adopt }, "a late result is kept");
  if (note === "not-copied")
    log.info({ orderId, avatarId, copy: `npm run copy -- ${orderId}` }, "an outcome is not copied");
}
