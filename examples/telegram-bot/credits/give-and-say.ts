import type { Adjustment, CreditsFailure, CreditsShort, InvalidBooking, StorageFailure } from "@likeness/core";
import { audited } from "@likeness/core/use-cases";
import { reasonOf } from "../leave.ts";
import type { Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";
import { ledgerOf } from "./ledger-of.ts";
import { balanceLine } from "./show-and-say.ts";

/** Gives credits to an owner, or takes them, and prints what the owner has then. */
export async function giveAndSay(context: OperatorContext, adjustment: Adjustment): Promise<Answer> {
  const ledger = ledgerOf(context);
  const { ownerId, reference } = adjustment;
  const subject = { type: "entry", id: reference } as const;
  const booked = await audited(
    context,
    { operator: context.operator, action: "adjust-credits", subject },
    () => ledger.adjust(adjustment),
    ({ type }) => type,
  );
  if (booked.isErr()) return { lines: [problemIn(booked.error, adjustment)], exitCode: 1 };
  const { type, entry } = booked.value;
  const balance = await ledger.balance(ownerId);
  const now = balance.isOk() ? `: ${ownerId} ${balanceLine(balance.value)}` : "";
  const { amount } = entry;
  const what = amount > 0 ? `${amount} given to ${entry.ownerId}` : `${-amount} taken from ${entry.ownerId}`;
  return {
    lines: [type === "new" ? `Booked${now}.` : `Nothing was booked: ${reference} was booked before, ${what}.`],
    exitCode: 0,
  };
}

function problemIn(
  error: InvalidBooking | CreditsShort | CreditsFailure | StorageFailure,
  { ownerId, reference }: Adjustment,
): string {
  switch (error.type) {
    case "invalid-booking":
      return `Not booked: ${error.detail}.`;
    case "credits-short":
      return `Not booked: ${ownerId} ${balanceLine(error.balance)}, and no more can be taken than is free.`;
    case "storage-failure":
    case "credits-failure":
      return `The database did not do its work: ${reasonOf(error.cause)}. Try again with the reference ${reference}: it is booked once.`;
  }
}
