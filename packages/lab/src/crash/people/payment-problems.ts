import { chatOf } from "../host/chat-of.ts";
import type { Stage } from "../stage/stage.ts";

export const paymentsOf = ({ watched }: Pick<Stage, "watched">) =>
  watched.db.selectFrom("likeness_payment").select(["owner_id", "state", "credits", "told"]).execute();

/** How many times a person was told of a payment and of its refund. */
export function toldOf({ telegram }: Pick<Stage, "telegram">, owner: string) {
  const texts = telegram.control
    .person(chatOf(owner))
    .chat()
    .filter(({ from }) => from === "bot")
    .map(({ text = "" }) => text);
  return {
    booked: texts.filter((text) => text.startsWith("Thank you!")).length,
    refunded: texts.filter((text) => text.includes("given back to you")).length,
  };
}

/** Of 20 credits, 10 were spent and 10 given back; those that were spent are owed since the refund. */
const books = {
  payments: [{ owner_id: "telegram:4242", state: "refunded", credits: 20, told: 1 }],
  entries: [
    { kind: "capture", amount: -10, owed: 0 },
    { kind: "refund", amount: -10, owed: 10 },
    { kind: "top_up", amount: 20, owed: 0 },
  ],
  holds: [
    { state: "captured", amount: 10 },
    { state: "released", amount: 10 },
  ],
  accounts: [{ balance: 0, held: 0, owed: 10 }],
  stars: ["payment", "refund"],
};

/** A line for each book that is not as it has to be when somebody has bought, spent half, and got the money back. */
export async function paymentProblems(stage: Stage, owner: string): Promise<string[]> {
  const { db } = stage.watched;
  const seen: Record<keyof typeof books, unknown> = {
    payments: (await paymentsOf(stage)).map(({ owner_id, state, credits, told }) => ({
      owner_id,
      state,
      credits,
      told,
    })),
    entries: await db.selectFrom("likeness_credit_entry").select(["kind", "amount", "owed"]).orderBy("kind").execute(),
    holds: await db.selectFrom("likeness_credit_hold").select(["state", "amount"]).orderBy("state").execute(),
    accounts: await db.selectFrom("likeness_credit_account").select(["balance", "held", "owed"]).execute(),
    stars: stage.telegram.snapshot().stars.map(({ type }) => type),
  };
  const told = toldOf(stage, owner);
  return [
    ...(Object.keys(books) as (keyof typeof books)[])
      .filter((book) => JSON.stringify(seen[book]) !== JSON.stringify(books[book]))
      .map((book) => `${book} are ${JSON.stringify(seen[book])}, not ${JSON.stringify(books[book])}`),
    ...Object.entries(told)
      .filter(([, count]) => count === 0)
      .map(([what]) => `the person was not told that it is ${what}`),
  ];
}
