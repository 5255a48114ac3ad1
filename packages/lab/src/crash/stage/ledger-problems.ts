import type { Watched } from "../engines/engine.ts";

/** What became of the credits of an order. */
export type HoldState = "held" | "captured" | "released";

export interface ObservedLedger {
  /** The hold of each order; none where nothing was reserved. */
  readonly holds: ReadonlyMap<string, HoldState>;
  /** A line for everything in the accounts that contradicts the entries and the holds. */
  readonly problems: readonly string[];
}

/** Adds up the tables of the ledger. Each statement sees one moment. */
export async function observeLedger({ db }: Pick<Watched, "db">): Promise<ObservedLedger> {
  const accounts = await db
    .selectFrom("likeness_credit_account as account")
    .select(["owner_id", "balance", "held", "owed"])
    .select(({ selectFrom }) => {
      const entries = selectFrom("likeness_credit_entry as entry").whereRef("entry.owner_id", "=", "account.owner_id");
      const holds = selectFrom("likeness_credit_hold as hold").whereRef("hold.owner_id", "=", "account.owner_id");
      return [
        entries.select(({ fn }) => fn.sum("entry.amount").as("sum")).as("of_entries"),
        entries.select(({ fn }) => fn.sum("entry.owed").as("sum")).as("owed_by_entries"),
        holds
          .where("hold.state", "=", "held")
          .select(({ fn }) => fn.sum("hold.amount").as("sum"))
          .as("of_holds"),
      ];
    })
    .execute();
  const holds = await db
    .selectFrom("likeness_credit_hold as hold")
    .leftJoin("likeness_credit_entry as entry", (join) =>
      join.onRef("entry.reference", "=", "hold.id").on("entry.kind", "=", "capture"),
    )
    .select(["hold.id", "hold.state", "hold.amount", "entry.amount as captured"])
    .execute();
  return {
    holds: new Map(holds.map(({ id, state }) => [id, state])),
    problems: [
      ...accounts.flatMap(({ owner_id: owner, balance, held, owed, of_entries, owed_by_entries, of_holds }) => {
        const isRight =
          balance === Number(of_entries ?? 0) &&
          held === Number(of_holds ?? 0) &&
          owed === Number(owed_by_entries ?? 0);
        return [
          ...(isRight ? [] : [`${owner}: ${balance}, ${held} held, ${owed} owed do not add up`]),
          ...(held < 0 || held > balance || owed < 0 ? [`${owner} holds ${held} of ${balance} and owes ${owed}`] : []),
        ];
      }),
      ...holds
        .filter(({ state, amount, captured }) => (captured ?? 0) !== (state === "captured" ? -amount : 0))
        .map(({ id, state, captured }) => `the hold of order ${id} is ${state}, and its entry is of ${captured ?? 0}`),
    ],
  };
}
