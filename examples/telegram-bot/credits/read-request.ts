import { randomUUID } from "node:crypto";
import { adjustReasons, type Adjustment } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";

export type CreditsRequest =
  | { readonly type: "help" }
  | { readonly type: "show"; readonly ownerId: string }
  | { readonly type: "give"; readonly adjustment: Adjustment };

const reasons = adjustReasons.join(", ");

export const usage: readonly string[] = [
  "npm run credits -- show <owner>",
  "npm run credits -- give <owner> <amount> <reason> [reference]",
  "",
  "owner      whose credits, e.g. telegram:42",
  "amount     whole credits, 1 to 1000000000; with a minus they are taken",
  `reason     ${reasons}`,
  "reference  your own name for it, at most 200 characters: the same one is booked once",
];

/** What the parameters ask for, or what is wrong with them. */
export function readRequest(parameters: readonly string[]): Result<CreditsRequest, readonly string[]> {
  const [command, ownerId = "", amount = "", reason = "", reference, ...more] = parameters;
  if (command === undefined || command === "help") return ok({ type: "help" });
  if (command !== "show" && command !== "give") return err([`there is no command ${command}`, ...usage]);
  if (!/^[a-z]+:[^\s]+$/.test(ownerId)) return err(["the owner must be a channel and an id, e.g. telegram:42"]);
  if (command === "show") return parameters.length > 2 ? err(["show takes one owner"]) : ok({ type: "show", ownerId });

  const problems = [
    ...(/^-?[1-9]\d{0,9}$/.test(amount) && Math.abs(Number(amount)) <= 1_000_000_000
      ? []
      : ["the amount must be a whole number, 1 to 1000000000, with a minus to take it"]),
    ...(isReason(reason) ? [] : [`the reason must be one of ${reasons}`]),
    ...(reference === undefined || /^.{1,200}$/.test(reference) ? [] : ["the reference must have 1 to 200 characters"]),
    ...(more.length > 0 ? ["give takes an owner, an amount, a reason and a reference"] : []),
  ];
  if (problems.length > 0 || !isReason(reason)) return err(problems);
  const adjustment = { ownerId, amount: Number(amount), reason, reference: reference ?? `operator:${randomUUID()}` };
  return ok({ type: "give", adjustment });
}

const isReason = (given: string): given is Adjustment["reason"] => adjustReasons.some((reason) => reason === given);
