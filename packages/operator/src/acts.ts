import type { Dismissable, OperatorCommands } from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";
import { problemText, type Problem } from "./problem-text.ts";

/** What an act is about. */
export interface ActSubject {
  readonly type: "order" | "delivery" | "message" | "job" | "payment" | "owner";
  readonly id: string;
}

/** An act by its name in `operatorActions` of the core. */
export type ActName =
  "look" | "cancel" | "adopt" | "copy-again" | "send-again" | "refund" | "revive" | "dismiss" | "erase-owner";

/** What came of an act: the type that the core answered, and a sentence. */
export interface ActOutcome {
  readonly type: string;
  readonly says: string;
}

/** Why an act was not done: the error that the core answered, and a sentence. */
export interface ActProblem {
  readonly type: Problem["type"];
  readonly says: string;
}

export interface Act {
  /** On a button. */
  readonly label: string;
  readonly subjects: readonly ActSubject["type"][];
  /** What cannot be taken back: said before it is done. Absent: doing it costs and loses nothing. */
  readonly warning?: string | undefined;
  /** The operator's name is stored with the act. */
  perform(commands: OperatorCommands, operator: string, subject: ActSubject): ResultAsync<ActOutcome, ActProblem>;
}

const act = <Done extends { readonly type: string }>(
  says: { readonly [Type in Done["type"]]: string },
  result: ResultAsync<Done, Problem>,
): ResultAsync<ActOutcome, ActProblem> =>
  result.map(({ type }) => ({ type, says: says[type as Done["type"]] })).mapErr(actProblem);

const actProblem = (problem: Problem): ActProblem => ({ type: problem.type, says: problemText(problem) });

/** What operators can do about a row. */
export const acts: Readonly<Record<ActName, Act>> = {
  look: {
    label: "Look now",
    subjects: ["order"],
    perform: (commands, operator, { id }) =>
      act(
        {
          ended: "It has ended, so nothing is left to look at.",
          answered: "The provider has answered: it is under way, and the bot looks again later.",
          missing: "The provider does not know it. The bot asks again later, and gives it up in time.",
          "not-asked":
            "The provider was not asked: it is not there yet, or cannot be looked for. The bot looks again later.",
        },
        commands.look({ operator, orderId: id }),
      ),
  },
  cancel: {
    label: "Cancel",
    subjects: ["order"],
    warning: "A cancelled order is not begun again.",
    perform: (commands, operator, { id }) =>
      act(
        {
          cancelled: "It is cancelled.",
          "too-late": "Too late: the provider has finished, and the outcome is applied as usual.",
          "ended-before": "It had ended before. Nothing has changed.",
        },
        commands.cancel({ operator, orderId: id }),
      ),
  },
  adopt: {
    label: "Adopt",
    subjects: ["order"],
    warning: "The avatar becomes ready with the late result, and its owner is told.",
    perform: (commands, operator, { id }) =>
      act(
        {
          adopted: "The avatar is ready with this result, and its owner is told.",
          "adopted-before": "It was adopted before. Nothing has changed.",
        },
        commands.adopt({ operator, trainingId: id }),
      ),
  },
  "copy-again": {
    label: "Copy again",
    subjects: ["order"],
    perform: (commands, operator, { id }) =>
      act(
        {
          begun: "The bot copies it now.",
          "under-way": "It is being copied already.",
          stored: "It is copied already.",
        },
        commands.copyAgain({ operator, orderId: id }),
      ),
  },
  "send-again": {
    label: "Send again",
    subjects: ["message"],
    perform: (commands, operator, { id }) =>
      act(
        {
          queued: "The bot sends it now.",
          waits: "It is being sent already.",
          "sent-before": "Its owner has it already.",
        },
        commands.sendAgain({ operator, messageId: id }),
      ),
  },
  refund: {
    label: "Refund",
    subjects: ["payment"],
    warning: "The money is given back, and its credits are taken.",
    perform: (commands, operator, { id }) =>
      act(
        {
          ordered: "The bot gives it back, and tells its owner.",
          "refunded-before": "It was given back before. Nothing has changed.",
        },
        commands.refund({ operator, chargeId: id }),
      ),
  },
  revive: {
    label: "Revive",
    subjects: ["job"],
    perform: (commands, operator, { id }) =>
      act(
        {
          revived: "It runs once more, with all of its attempts.",
          known: "It is not dead, or another one of its kind and key waits already.",
        },
        commands.revive({ operator, jobId: id }),
      ),
  },
  dismiss: {
    label: "Dismiss",
    subjects: ["order", "delivery", "message", "job"],
    warning: "It is listed no longer. A dead job is deleted.",
    perform: (commands, operator, subject) =>
      isDismissable(subject)
        ? act({ dismissed: "It is listed no longer." }, commands.dismiss({ operator, subject }))
        : errAsync(actProblem({ type: "nothing-to-dismiss" })),
  },
  "erase-owner": {
    label: "Erase the owner",
    subjects: ["owner"],
    warning: "Everything about this owner is erased, for ever.",
    perform: (commands, operator, { id }) =>
      commands
        .eraseOwner({ operator, ownerId: id })
        .map(({ status, id: receiptId, erased: { avatars, orders } }) => ({
          type: status,
          says: `${avatars + orders > 0 ? erasing : nobodysId} The receipt is ${receiptId}.`,
        }))
        .mapErr(actProblem),
  },
};

const erasing = "Everything about this owner is being erased.";
/** An id that was mistyped is not refused: an owner who has nothing can be erased too. */
const nobodysId = "There was no avatar of such an owner: make sure that the id is the right one.";

const isDismissable = (subject: ActSubject): subject is Dismissable =>
  subject.type !== "payment" && subject.type !== "owner";
