import type { Credits } from "@likeness/core";
import { errAsync, fromSafePromise } from "neverthrow";
import { closedGate } from "../contracts/gate.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";

const refused = { type: "credits-refused", detail: "0 of 10 credits" } as const;

/**
 * Credits for one order: both commands reserve at once, and the second one gets its refusal after the first one has
 * stored its order.
 */
export function creditsForOne() {
  const started = closedGate();
  const both = closedGate();
  const inner = recordingCredits();
  let reservations = 0;
  const credits: Credits = {
    ...inner,
    reserve: (order) => {
      if (++reservations === 1) return fromSafePromise(both.passed).andThen(() => inner.reserve(order));
      both.open();
      return fromSafePromise(started.passed).andThen(() => errAsync(refused));
    },
  };
  return { credits, letThrough: started.open };
}
