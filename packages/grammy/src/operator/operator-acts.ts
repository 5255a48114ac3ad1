import type {
  AdoptLateResultError,
  Adoption,
  AnotherCopy,
  AnotherSending,
  CancelAnyOrderError,
  CopyAgainError,
  Dismissable,
  DismissError,
  LookedNow,
  LookNowError,
  OperatorCommands,
  OrderCancellation,
  RefundOrdered,
  RefundPaymentError,
  RevivedJob,
  ReviveJobError,
  SendAgainError,
} from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";

/** What can be done in the chat; an owner is erased, and files are looked at, elsewhere. */
export const chatActs = ["look", "cancel", "adopt", "copy-again", "send-again", "refund", "revive", "dismiss"] as const;

export type ChatAct = (typeof chatActs)[number];

/** What an act is about. */
export type ActSubject =
  | Dismissable
  /** Which nobody dismisses. */
  | { readonly type: "payment" | "hold"; readonly id: string };

/** What came of an act. */
export type ActOutcome =
  | (LookedNow | OrderCancellation | Adoption | AnotherCopy | AnotherSending | RefundOrdered | RevivedJob)["type"]
  | "dismissed";

export type ActError =
  | AdoptLateResultError
  | CancelAnyOrderError
  | CopyAgainError
  | DismissError
  | LookNowError
  | RefundPaymentError
  | ReviveJobError
  | SendAgainError;

type Perform = (
  commands: OperatorCommands,
  operator: string,
  subject: ActSubject,
) => ResultAsync<{ readonly type: ActOutcome }, ActError>;

/** Every act by its name. */
export const performs: Readonly<Record<ChatAct, Perform>> = {
  look: (commands, operator, { id }) => commands.look({ operator, orderId: id }),
  cancel: (commands, operator, { id }) => commands.cancel({ operator, orderId: id }),
  adopt: (commands, operator, { id }) => commands.adopt({ operator, trainingId: id }),
  "copy-again": (commands, operator, { id }) => commands.copyAgain({ operator, orderId: id }),
  "send-again": (commands, operator, { id }) => commands.sendAgain({ operator, messageId: id }),
  refund: (commands, operator, { id }) => commands.refund({ operator, chargeId: id }),
  revive: (commands, operator, { id }) => commands.revive({ operator, jobId: id }),
  dismiss: (commands, operator, subject) =>
    isDismissable(subject)
      ? commands.dismiss({ operator, subject })
      : errAsync<never, DismissError>({ type: "nothing-to-dismiss" }),
};

const isDismissable = (subject: ActSubject): subject is Dismissable =>
  subject.type !== "payment" && subject.type !== "hold";
