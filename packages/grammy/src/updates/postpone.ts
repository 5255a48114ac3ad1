import type { Update } from "grammy/types";

/** The updates being handled that can be repeated, and whether a handler asked for it. */
const inHand = new WeakMap<Update, { postponed: boolean }>();

/** Runs the handlers of an update, which may ask for a repetition. */
export async function handlePostponable(update: Update, handle: () => Promise<void>): Promise<"handled" | "postponed"> {
  const asked = { postponed: false };
  inHand.set(update, asked);
  try {
    await handle();
  } finally {
    inHand.delete(update);
  }
  return asked.postponed ? "postponed" : "handled";
}

/** Whether an update can be repeated. One that did not come from `telegramUpdates` cannot. */
export const isPostponable = (update: Update): boolean => inHand.has(update);

/** Asks for an update to be repeated some seconds later; `false`: that is not possible. */
export function postpone(update: Update): boolean {
  const asked = inHand.get(update);
  if (asked) asked.postponed = true;
  return asked !== undefined;
}
