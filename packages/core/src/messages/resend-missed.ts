import { ok, safeTry, type ResultAsync } from "neverthrow";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { sendNow } from "./tell-owner.ts";

/** Resends each message that could not reach the actor, who is reachable again, e.g. has unblocked the bot. */
export const resendMissed = (
  ports: Pick<Ports, "store" | "clock">,
  { actor }: { readonly actor: string },
): ResultAsync<{ readonly resent: number }, StorageFailure> =>
  atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const missed = yield* tx.outbox.undeliverable(actor);
      for (const message of missed) yield* sendNow(tx, ports, { ...message, attempts: 0 });
      return ok({ resent: missed.length });
    }),
  );
