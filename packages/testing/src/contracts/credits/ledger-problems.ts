import { timestamp, type LedgerCredits, type LedgerEntry } from "@likeness/core";
import { valueOf } from "../../results/value-of.ts";

/** Every entry of an owner, oldest first. */
async function allEntries(ledger: LedgerCredits, ownerId: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await valueOf(ledger.history(ownerId, { limit: 50, olderThan: entries.at(-1)?.number }));
    if (page.length === 0) return entries.toReversed();
    entries.push(...page);
  }
}

async function allOpenHolds(ledger: LedgerCredits): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await valueOf(ledger.openHolds(timestamp(Date.UTC(9999, 0)), 50, ids.at(-1)));
    if (page.length === 0) return ids;
    if (page.some((id) => ids.includes(id))) throw new Error("openHolds repeats what the page before it had");
    ids.push(...page);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * What contradicts the promises of a ledger: the balance and what is owed are sums of the entries, what is held is the
 * sum of the open holds and covered by the balance, no reference is booked twice, no order is both captured and held.
 */
export async function ledgerProblems(
  ledger: LedgerCredits,
  owners: readonly string[],
  orders: readonly { readonly id: string; readonly ownerId: string; readonly amount: number }[],
): Promise<string[]> {
  const problems: string[] = [];
  const note = (isWrong: boolean, problem: string): void => void (isWrong && problems.push(problem));
  const open = new Set(await allOpenHolds(ledger));
  const references = new Set<string>();
  for (const ownerId of owners) {
    const { balance, held, owed } = await valueOf(ledger.balance(ownerId));
    const entries = await allEntries(ledger, ownerId);
    const ofEntries = sum(entries.map(({ amount }) => amount));
    const ofHolds = sum(orders.filter((order) => order.ownerId === ownerId && open.has(order.id)).map((o) => o.amount));
    const owedByEntries = sum(entries.map((entry) => entry.owed));
    note(balance !== ofEntries, `${ownerId}: a balance of ${balance}, and entries of ${ofEntries}`);
    note(owed !== owedByEntries, `${ownerId}: ${owed} owed, and entries of ${owedByEntries}`);
    note(held !== ofHolds, `${ownerId}: ${held} held, and open holds of ${ofHolds}`);
    note(held < 0 || held > balance || owed < 0, `${ownerId}: ${held} held of ${balance}, ${owed} owed`);
    note(owed > 0 && balance > held, `${ownerId}: ${owed} owed, although ${balance - held} can be spent`);
    note(
      entries.some(({ number }, index) => number !== index + 1),
      `${ownerId}: the numbers of the entries have gaps`,
    );
    for (const { kind, reference } of entries) {
      const key = `${kind} ${reference}`;
      note(references.has(key), `${key} is booked twice`);
      references.add(key);
      note(kind === "capture" && open.has(reference), `${reference} is captured and still held`);
    }
  }
  return problems;
}
