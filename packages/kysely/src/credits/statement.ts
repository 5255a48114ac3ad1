import type { LedgerStatement, StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { entryOf, holdOf } from "./credit-rows.ts";

/** Everything in an owner's account. */
export const statement = (
  db: Kysely<Database>,
  ownerId: string,
  unit: string,
): ResultAsync<LedgerStatement | undefined, StorageFailure> =>
  attempt(db, async () => {
    const account = await db
      .selectFrom("likeness_credit_account")
      .selectAll()
      .where("owner_id", "=", ownerId)
      .executeTakeFirst();
    if (!account) return undefined;
    const entries = db.selectFrom("likeness_credit_entry").selectAll().where("owner_id", "=", ownerId);
    const booked = (await entries.orderBy("number").execute()).map(entryOf);
    const holds = db.selectFrom("likeness_credit_hold").selectAll().where("owner_id", "=", ownerId);
    const { balance, held, owed } = account;
    return {
      balance,
      held,
      owed,
      unit,
      entries: booked.map(({ ownerId: _ownerId, ...entry }) => entry),
      holds: (await holds.execute()).map(holdOf).toSorted(oldestFirst),
    };
  });

interface Created {
  readonly createdAt: string;
  readonly orderId: string;
}

/** By the time, and at the same time by the id, compared by their bytes. */
const oldestFirst = (one: Created, other: Created): number => (keyOf(one) < keyOf(other) ? -1 : 1);

const keyOf = ({ createdAt, orderId }: Created): string => `${createdAt} ${orderId}`;
