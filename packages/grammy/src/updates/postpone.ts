import type { Update } from "grammy/types";

/** The updates in hand that come again if somebody asks for it, and whether somebody did. */
const inHand = new WeakMap<Update, { postponed: boolean }>();

/** Has an update handled, of which its handlers may ask that it comes again. */
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

/** Whether an update can come again. One that the bot of a host was given by others cannot. */
export const isPostponable = (update: Update): boolean => inHand.has(update);

/** Asks that an update comes again some seconds later; `false`: it will not. */
export function postpone(update: Update): boolean {
  const asked = inHand.get(update);
  if (asked) asked.postponed = true;
  return asked !== undefined;
}
