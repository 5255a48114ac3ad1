import type { LedgerCredits, Order } from "@likeness/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueOf } from "../../results/value-of.ts";
import { ledgerProblems } from "./ledger-problems.ts";
import { anOrderOf, anOwner, type CreateLedger } from "./subject.ts";

/** One call of a writer, which repeats what others do: few owners, orders and references. */
type Step =
  | { readonly type: "reserve" | "capture" | "release"; readonly order: number }
  | {
      readonly type: "topUp" | "refund" | "give" | "take";
      readonly owner: number;
      readonly reference: number;
      readonly amount: number;
    }
  | { readonly type: "wrong"; readonly owner: number };

const owners = 2;
const orders = 8;

const steps = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constantFrom("reserve", "capture", "release"), order: fc.nat(orders - 1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("topUp", "refund", "give", "take"),
      owner: fc.nat(owners - 1),
      reference: fc.nat(5),
      amount: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("wrong"), owner: fc.nat(owners - 1) }) },
) as fc.Arbitrary<Step>;

/** What each of 8 writers does, one after the other. */
const stories = fc.array(fc.array(steps, { maxLength: 12 }), { minLength: 8, maxLength: 8 });

/** Any calls of several writers, repeated and at once, keep the promises of a ledger. */
export function describeAnyBookings(create: CreateLedger): void {
  describe("whatever 8 writers do at once", () => {
    it("accounts, entries and holds agree", async () => {
      const { ledger, price } = await create();
      await fc.assert(
        fc.asyncProperty(stories, async (story) => {
          const ownerIds = Array.from({ length: owners }, anOwner);
          const placed = Array.from({ length: orders }, (_, index) => anOrderOf(ownerIds[index % owners] ?? ""));
          const named = (reference: number): string => `${ownerIds[0]}:${reference}`;
          const write = async (own: readonly Step[]): Promise<string[]> => {
            const wrong: string[] = [];
            for (const step of own) {
              const problem = await take(ledger, step, { ownerIds, placed, named });
              if (problem !== undefined) wrong.push(problem);
            }
            return wrong;
          };
          const wrong = (await Promise.all(story.map(write))).flat();
          const amounts = placed.map(({ id, ownerId }) => ({ id, ownerId, amount: price }));
          expect([...wrong, ...(await ledgerProblems(ledger, ownerIds, amounts))]).toStrictEqual([]);
        }),
        { numRuns: 30, interruptAfterTimeLimit: 20_000 },
      );
    });
  });
}

interface Cast {
  readonly ownerIds: readonly string[];
  readonly placed: readonly Order[];
  named(reference: number): string;
}

/** Takes a step; says what is wrong with the answer, if anything is. */
async function take(ledger: LedgerCredits, step: Step, { ownerIds, placed, named }: Cast): Promise<string | undefined> {
  if ("order" in step) {
    const order = placed[step.order];
    if (!order) throw new Error("there is no such order");
    const answer = await (step.type === "reserve" ? ledger.reserve(order) : ledger[step.type](order.id));
    return answer.isErr() && answer.error.type !== "credits-refused" ? `${step.type}: ${answer.error.type}` : undefined;
  }
  const ownerId = ownerIds[step.owner] ?? "";
  if (step.type === "wrong") {
    const answer = await ledger.topUp({ ownerId, amount: 1.5, reference: "wrong" });
    return answer.isOk() ? "half a credit was booked" : undefined;
  }
  const { type, amount, reference: number } = step;
  const booking = { ownerId, amount, reference: named(number) };
  if (type === "topUp" || type === "refund") {
    await valueOf(ledger[type](booking));
    return undefined;
  }
  const adjusted = await ledger.adjust({
    ...booking,
    amount: type === "give" ? amount : -amount,
    reason: "correction",
  });
  return adjusted.isErr() && adjusted.error.type !== "credits-short" ? `adjust: ${adjusted.error.type}` : undefined;
}
