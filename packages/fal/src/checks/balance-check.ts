import { found, type Check, type Found } from "@likeness/core";
import { z } from "zod";
import type { FalConnection } from "../http/connection.ts";
import { askPlatform, unanswered } from "./ask-platform.ts";

/** US dollars; about two trainings with the default preset. */
const low = 5;

const topUp = "top it up at https://fal.ai/dashboard/billing";

/**
 * What is left on the account. Only a key with `billing:usage:read` may ask, which one for trainings and pictures alone
 * does not have. https://fal.ai/docs/platform-apis/v1/account/billing
 */
export const balanceCheck = (connection: FalConnection): Check => ({
  name: "fal balance",
  look: async (signal) =>
    (await askPlatform(connection, "/v1/account/billing?expand=credits", signal)).match(
      (answer) => [balanceIn(answer)],
      (failure) => [
        failure.type === "answer" && [401, 403, 404].includes(failure.status)
          ? found.skipped("this key may not read it")
          : unanswered(failure),
      ],
    ),
});

function balanceIn(answer: unknown): Found {
  const { credits } = billing.safeParse(answer).data ?? {};
  if (!credits) return found.skipped("fal does not tell it");
  const { current_balance: left, currency } = credits;
  const said = `${left.toFixed(2)} ${currency ?? "USD"} are left`;
  if (left <= 0) return found.broken(`${said}: fal refuses every order`, topUp);
  return left < low ? found.warning(said, topUp) : found.ok(said);
}

/** Some accounts have numbers as text. */
const amount = z.union([z.number(), z.string().regex(/^-?\d{1,12}(?:\.\d+)?$/)]).transform(Number);

const billing = z.object({
  credits: z
    .object({
      current_balance: amount,
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
