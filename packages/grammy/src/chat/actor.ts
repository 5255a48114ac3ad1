const prefix = "telegram:";

/** The owner id of a Telegram user. */
export const actorOf = (userId: number): string => `${prefix}${userId}`;

/** The private chat of an owner; `undefined` for an owner who is not from Telegram. */
export function chatOf(actor: string): number | undefined {
  const digits = actor.startsWith(prefix) ? actor.slice(prefix.length) : "";
  return /^\d{1,16}$/.test(digits) ? Number(digits) : undefined;
}
