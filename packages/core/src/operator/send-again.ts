import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { sendNow } from "../messages/tell-owner.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { MessageNotFound, MessageOvertaken } from "./operator-errors.ts";
import { messageView, type MessageView } from "./views.ts";

export type SendAgainError = MessageNotFound | MessageOvertaken | StorageFailure;

/** `queued`: a job sends it now · `waits`: it is being tried already · `sent-before`: its owner has it. */
export interface AnotherSending {
  readonly type: "queued" | "waits" | "sent-before";
  readonly message: MessageView;
}

/** Sends a message that was given up, or whose owner could not be reached, with all of its attempts. */
export function sendAgain(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { messageId }: { readonly messageId: string },
): ResultAsync<AnotherSending, SendAgainError> {
  return atomically<AnotherSending, MessageNotFound | MessageOvertaken | SaveError>(store, (tx) =>
    safeTry(async function* () {
      const message = yield* tx.outbox.find(messageId);
      if (!message) return err({ type: "message-not-found", messageId } as const);
      const { state } = message;
      if (state.status === "sent") return ok({ type: "sent-before", message: messageView(message) } as const);
      if (state.status === "pending" || state.status === "sending")
        return ok({ type: "waits", message: messageView(message) } as const);
      if (state.status === "dead" && state.detail === "overtaken")
        return err({ type: "message-overtaken", messageId } as const);
      yield* sendNow(tx, { clock }, { ...message, attempts: 0 });
      const queued = yield* tx.outbox.find(messageId);
      return ok({ type: "queued", message: messageView(queued ?? message) } as const);
    }),
  );
}
