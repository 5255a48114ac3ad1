import type {
  AdoptLateResultError,
  CancelAnyOrderError,
  CopyAgainError,
  DismissError,
  EraseAnyOwnerError,
  InspectError,
  ListActionsError,
  ListNeedError,
  LookNowError,
  OpenPhotoError,
  OperatorOpensPictureError,
  RefundPaymentError,
  ReviveJobError,
  SendAgainError,
  ShowStatisticsError,
  TellOrderError,
} from "@likeness/core";

/** Every error that a command of `likeness.operator` answers. */
export type Problem =
  | AdoptLateResultError
  | CancelAnyOrderError
  | CopyAgainError
  | DismissError
  | EraseAnyOwnerError
  | InspectError
  | ListActionsError
  | ListNeedError
  | LookNowError
  | OpenPhotoError
  | OperatorOpensPictureError
  | RefundPaymentError
  | ReviveJobError
  | SendAgainError
  | ShowStatisticsError
  | TellOrderError;

const accountAdvice = "Look at the key and the balance there.";

/** What to do about what the whole account is refused for. */
const aboutKey: Readonly<Record<number, string>> = { 401: accountAdvice, 402: accountAdvice, 403: accountAdvice };

/** What a service said, and a sentence behind it: some end theirs with a stop. */
const before = (said: string, next: string): string => `${said.replace(/[.\s]+$/, "")}. ${next}`;

/** Of an answer; 0: the provider was not asked. */
const statusIn = (status: number): string => (status === 0 ? "" : ` (${status})`);

/** What acts of operators would have done to a row. */
const doneBy: Readonly<Record<string, string>> = { cancel: "cancelled", adopt: "adopted" };

type Texts = { readonly [Type in Problem["type"]]: (problem: Extract<Problem, { readonly type: Type }>) => string };

const perhapsErased = "It may have been erased with its avatar.";

const texts: Texts = {
  "blob-failure": () => "The blob store does not do its work. Try again.",
  "blob-not-found": () => "Its file is not in the blob store.",
  "credits-failure": () => "The credits do not answer. Try again.",
  "illegal-transition": ({ from, transition }) =>
    `Its status is ${from}, so it cannot be ${doneBy[transition] ?? "changed"}.`,
  "invalid-cursor": () => "No list goes on there. Take what the list before gave.",
  "invalid-period": ({ detail }) => `These are no days to tell about: ${detail}.`,
  "invalid-receipt-id": () => "Nothing was erased: the id of a receipt has to be a UUIDv7 in lower case.",
  "job-not-found": () => "There is no such job; it may have ended since.",
  "message-not-found": () => `There is no such message. ${perhapsErased}`,
  "message-overtaken": () => "It tells what is no longer true, so it is not sent.",
  "no-late-result": ({ status }) => `Nothing to adopt: the training is ${status} and has no late result.`,
  "no-outcome": ({ status }) => `Nothing to copy: the order is ${status} and has yielded nothing.`,
  "nothing-sold": () => "Nothing is sold in this deployment.",
  "nothing-to-dismiss": () => "Nothing to dismiss: there is no such row, or it does not need a person.",
  "operator-unavailable": ({ detail }) => `This deployment cannot tell: ${detail}.`,
  "order-erased": ({ erasedAt }) => `There was such an order. It was erased at ${erasedAt}.`,
  "order-not-found": () => `There is no such order. ${perhapsErased}`,
  "payment-not-found": () => "There is no such payment.",
  "photo-not-found": () => "There is no such photo, or it was not accepted.",
  "picture-not-found": () => "There is no such picture.",
  "provider-refused": ({ status, detail }) => {
    const advice = aboutKey[status];
    return `The provider refused${statusIn(status)}: ${advice ? before(detail, advice) : detail}`;
  },
  "provider-unavailable": ({ detail }) => `The provider does not answer: ${before(detail, "Try again.")}`,
  "storage-failure": () => "The database does not do its work. Try again: doing it twice does no harm.",
  superseded: ({ trainingId }) => `Not adopted: the avatar has the model of a later training, ${trainingId}.`,
  "training-active": ({ trainingId }) =>
    `Not adopted: the avatar is being trained again, by training ${trainingId}. If that fails, try again.`,
  "training-not-found": () => `There is no such training. ${perhapsErased}`,
};

/** A sentence for an operator. What a service said in it may hold anything, so it has to be escaped. */
export const problemText = (problem: Problem): string =>
  // The table has a function for each type that takes an error of that type.
  (texts[problem.type] as (problem: Problem) => string)(problem);
