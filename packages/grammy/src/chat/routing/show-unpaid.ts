import type { JobHandler, JobOutcome, StorageFailure } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Unpaid } from "../../conversation/conversation.ts";
import { findConversation, forgetUnpaid } from "../../conversation/conversations.ts";
import { deleteMessage, removeButtons } from "../../telegram/messages.ts";
import { parseCallbackData } from "../callback-data.ts";
import { readPlaceJobKey } from "../chat-jobs.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { personIn } from "../person.ts";
import type { ChatError } from "../press.ts";
import { presses } from "./answer-query.ts";
import { sayLater } from "./say-later.ts";

const done: JobOutcome = { type: "done" };

/**
 * Shows the card of what could not be paid below the message about the payment, with what there is now, and then takes away
 * the card before: the handler of `chatJobs.unpaid`. A process that is killed before it forgets the order shows it again.
 */
export const showUnpaid =
  (ports: ChatPorts): JobHandler =>
  ({ key, kind }) => {
    const place = readPlaceJobKey(key);
    if (!place) return errAsync({ type: "job-failure", permanent: true, cause: `the key of ${kind} is no chat` });
    return safeTry<JobOutcome, StorageFailure>(async function* () {
      const { api, store } = ports;
      const { chatId } = place;
      const { unpaid } = yield* findConversation(store.sessions, place);
      if (!unpaid) return ok(done);
      const person = yield* personIn(ports, { chatId, topicId: unpaid.topicId });
      const isShown = yield* showCard(ports, person, unpaid);
      const isStill = yield* forgetUnpaid(store.sessions, chatId, unpaid);
      // The card before may have ordered it meanwhile, and then its message is the one about the order.
      if (!isShown || !isStill || unpaid.messageId === undefined) return ok(done);
      // Only for the eye: a card that Telegram keeps, because it is too old to be deleted, tells its price and orders nothing.
      await removeButtons(api, chatId, unpaid.messageId);
      await deleteMessage(api, chatId, unpaid.messageId);
      return ok(done);
    }).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const);
  };

/**
 * As if the person had pressed a button that leads to the card. Returns whether it is shown, now or later: what cannot be
 * ordered any more is answered with a toast, for which there is no press.
 */
const showCard = (ports: ChatPorts, person: Person, { shows }: Unpaid): ResultAsync<boolean, StorageFailure> => {
  const pressed = parseCallbackData(shows);
  if (!pressed || pressed === "old") return okAsync(false);
  return presses[pressed.verb](ports, { ...pressed, person, queryId: shows, onMedia: false })
    .map((toast) => toast === undefined)
    .orElse((error: ChatError) => {
      if (error.type === "storage-failure") return errAsync(error);
      if (error.type === "message-not-sent") return sayLater(ports, person, error).map(() => true);
      ports.log.warn({ actor: person.actor, problem: error }, "the card of an order cannot be shown");
      return okAsync(false);
    });
};
