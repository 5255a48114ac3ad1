/** Where a process is killed, in the order in which a training gets there, and what is at stake. */
export const killPoints = {
  P0: "inside the transaction that orders, before its commit",
  P1: "the order is committed, nobody was told",
  P1b: "the submit job is claimed, the line not crossed",
  P2: "the line is crossed and committed, nothing was sent",
  P3: "fal has answered the one POST, nothing of it is noted",
  P3b: "inside the transaction that notes the answer, before its commit",
  P4: "the answer is noted and committed",
  P6: "inside the transaction that stores the webhook, before its commit",
  P5: "the webhook is committed, fal has no 200 yet",
  P7: "inside the transaction that ends the training, before its commit",
  P8: "the end is committed, its job is not done",
  P9a: "the message is noted as under way, Telegram was not called",
  P9: "Telegram has said OK, nothing of it is noted",
} as const;

export type KillPoint = keyof typeof killPoints;

/** Those of a webhook on its way into the database. */
export const storing: readonly KillPoint[] = ["P6", "P5"];

/** Telegram has no idempotency key: whoever dies between its OK and the note of it has to send once more. */
export const doubling: readonly KillPoint[] = ["P9"];

/** The message of an attempt that died is left alone for a minute: another process may be at it. */
export const messageHeldSeconds = 60;

/** `Object.keys` that keeps what the compiler knows. */
export const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(table) as Name[];
