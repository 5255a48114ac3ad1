import { err, fromSafePromise, ok, type Result, type ResultAsync } from "neverthrow";
import { turnPaidWork, type PaidWork } from "../guards/paid-work.ts";
import { sweep } from "../jobs/sweep.ts";
import { copyAgain, type AnotherCopy, type CopyAgain, type CopyAgainError } from "../orders/copy-again.ts";
import { eraseOwner } from "../owners/erasure/erase-owner.ts";
import type { ErasureReceipt } from "../owners/erasure/erasure-receipt.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import {
  adoptLateResult,
  type AdoptLateResult,
  type AdoptLateResultError,
  type Adoption,
} from "../trainings/adopt-late-result.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { audited, type ByOperator } from "./audited.ts";
import { cancelAnyOrder, type CancelAnyOrderError, type OrderCancellation } from "./cancel-any-order.ts";
import { runChecks, type CheckUp } from "./checks/run-checks.ts";
import type { OperatorPage } from "./cursor.ts";
import { dismissNeed, listAgain, type Dismissable, type DismissError } from "./dismiss-need.ts";
import { inspect, type Inspect, type InspectError, type Inspection } from "./inspect.ts";
import { listActions, type ListActions, type ListActionsError } from "./list-actions.ts";
import { lookNow, type LookedNow, type LookNowError } from "./look-now.ts";
import { listNeed, type ListNeed, type ListNeedError, type Need, type Needs } from "./needs.ts";
import {
  openAnyPicture,
  openPhoto,
  type OpenedFile,
  type OpenPhotoError,
  type OperatorOpensPictureError,
} from "./open-file.ts";
import { tellOrder, type OrderStory, type TellOrderError } from "./order-story.ts";
import { refundPayment, type RefundOrdered, type RefundPaymentError } from "./refund-payment.ts";
import { reviveJob, type RevivedJob, type ReviveJobError } from "./revive-job.ts";
import type { AccountNotLearned, InvalidAccount, InvalidReceiptId } from "./operator-errors.ts";
import { sendAgain, type AnotherSending, type SendAgainError } from "./send-again.ts";
import { readAccount, trustAccount, type TrustAccount, type TrustedAccount } from "./trust-account.ts";
import { showStatistics, type ShowStatistics, type ShowStatisticsError, type Statistics } from "./statistics.ts";

/** The owner whom an operator erases, and the id of the receipt, if the caller chooses it. */
export interface EraseAnyOwner extends ByOperator {
  readonly ownerId: string;
  /** A UUIDv7: the same id twice is the same erasure. */
  readonly id?: string | undefined;
}

/** The errors of `eraseOwner`. */
export type EraseAnyOwnerError = InvalidReceiptId | StorageFailure;

/** The errors of `trustAccount`. */
export type TrustAccountError = AccountNotLearned | InvalidAccount | StorageFailure;

/** Absent `turn`: nothing is switched, and nobody has to be named. */
export type SwitchPaidWork = { readonly turn?: undefined } | (ByOperator & { readonly turn: "on" | "off" });

/**
 * Commands for those who run the deployment. None is offered to a person: a host decides who may call them.
 *
 * What they return is JSON, without bytes, texts and addresses, but for the errors of outside services. Each action names
 * the operator, may be repeated, and leaves an entry in `actions`. A store or queue of the host's own may lack the part for
 * operators: then questions are answered with `operator-unavailable`, and actions leave a line in the log only.
 */
export interface OperatorCommands {
  /** Whether the store has its part for operators. */
  readonly available: boolean;
  /**
   * What waits, by kind, status and age, which alarms stand, and the newest of what needs a person.
   *
   * Errors: `operator-unavailable` · `credits-failure` · `storage-failure`.
   *
   * @example
   * const { needsPerson, needs } = orThrow(await likeness.operator.inspect());
   * const said = needsPerson ? needs.unknown.items.map(({ id }) => `not confirmed: ${id}`) : ["all is well"];
   */
  inspect(command?: Inspect): ResultAsync<Inspection, InspectError>;
  /**
   * One list of what needs a person, page by page.
   *
   * Errors: `operator-unavailable` · `invalid-cursor` · `credits-failure` · `storage-failure`.
   *
   * @example
   * const { items, next } = orThrow(await likeness.operator.list({ need: "late", limit: 50 }));
   */
  list<Name extends Need>(command: ListNeed<Name>): ResultAsync<OperatorPage<Needs[Name]>, ListNeedError>;
  /**
   * Everything that is stored about one order, in the order of time.
   *
   * Errors: `operator-unavailable` · `order-not-found` · `order-erased` · `storage-failure`.
   *
   * @example
   * const { events } = orThrow(await likeness.operator.order({ orderId }));
   * const lines = events.map(({ at, of, what }) => `${at} ${of} ${what}`);
   */
  order(command: { readonly orderId: string }): ResultAsync<OrderStory, TellOrderError>;
  /**
   * Success, durations, money and refused photos of some days; without days, of the last seven.
   *
   * Errors: `operator-unavailable` · `invalid-period` · `storage-failure`.
   *
   * @example
   * const { orders } = orThrow(await likeness.operator.statistics({ from: "2026-11-01", to: "2026-11-30" }));
   */
  statistics(command?: ShowStatistics): ResultAsync<Statistics, ShowStatisticsError>;
  /**
   * What operators have done, newest first.
   *
   * Errors: `operator-unavailable` · `invalid-cursor` · `storage-failure`.
   *
   * @example
   * const { items } = orThrow(await likeness.operator.actions({ subject: { type: "order", id: orderId } }));
   */
  actions(command?: ListActions): ResultAsync<OperatorPage<AuditEntry>, ListActionsError>;
  /**
   * Polls the provider for an order now and applies the answer, as the regular polling does. After an error of the provider
   * the regular polling goes on, too.
   *
   * Errors: `order-not-found` · `provider-unavailable` · `provider-refused` (e.g. 401 or 402: the key, the balance) ·
   * `illegal-transition` · `storage-failure`.
   *
   * @example
   * const looked = await likeness.operator.look({ operator: "ada", orderId });
   * const said = looked.match(({ type, order }) => `${type}: ${order.status}`, (error) => error.type);
   */
  look(command: ByOperator & { readonly orderId: string }): ResultAsync<LookedNow, LookNowError>;
  /**
   * Cancels an order of any kind, at the provider first. One of which it is not known whether the provider has it cannot be
   * cancelled.
   *
   * Errors: `order-not-found` · `illegal-transition` · `provider-unavailable` · `provider-refused` · `storage-failure`.
   *
   * @example
   * const cancelled = await likeness.operator.cancel({ operator: "ada", orderId });
   */
  cancel(command: ByOperator & { readonly orderId: string }): ResultAsync<OrderCancellation, CancelAnyOrderError>;
  /**
   * Adopts a result that arrived after its training was given up: the avatar becomes ready with it, and the owner is
   * told. Adopting charges nothing.
   *
   * Errors: `training-not-found` · `no-late-result` · `training-active` · `superseded` (the avatar has a newer model) ·
   * `storage-failure`.
   *
   * @example
   * const adopted = await likeness.operator.adopt({ operator: "ada", trainingId });
   * const said = adopted.match(({ type }) => type, (error) => `not adopted: ${error.type}`);
   */
  adopt(command: ByOperator & AdoptLateResult): ResultAsync<Adoption, AdoptLateResultError>;
  /**
   * Copies what an order yielded, e.g. the model of a training, after copying it was given up, until a new deadline. A
   * copy under way is not disturbed, so the command may be repeated.
   *
   * Errors: `order-not-found` · `no-outcome` (the order has yielded nothing) · `storage-failure`.
   *
   * @example
   * const copying = await likeness.operator.copyAgain({ operator: "ada", orderId });
   * const said = copying.match(({ type }) => type, (error) => `not copied: ${error.type}`);
   */
  copyAgain(command: ByOperator & CopyAgain): ResultAsync<AnotherCopy, CopyAgainError>;
  /**
   * Sends a message that was given up, or whose owner could not be reached. One that was sent is never sent twice.
   *
   * Errors: `message-not-found` · `message-overtaken` · `storage-failure`.
   *
   * @example
   * const sent = await likeness.operator.sendAgain({ operator: "ada", messageId });
   */
  sendAgain(command: ByOperator & { readonly messageId: string }): ResultAsync<AnotherSending, SendAgainError>;
  /**
   * Orders that a payment is given back: a job does that, and tells its owner.
   *
   * Errors: `payment-not-found` · `nothing-sold` · `storage-failure`.
   *
   * @example
   * const ordered = await likeness.operator.refund({ operator: "ada", chargeId });
   */
  refund(command: ByOperator & { readonly chargeId: string }): ResultAsync<RefundOrdered, RefundPaymentError>;
  /**
   * Runs a dead job once more, with all of its attempts.
   *
   * Errors: `operator-unavailable` (the queue has no part for operators) · `job-not-found` · `storage-failure`.
   *
   * @example
   * const revived = await likeness.operator.revive({ operator: "ada", jobId });
   */
  revive(command: ByOperator & { readonly jobId: string }): ResultAsync<RevivedJob, ReviveJobError>;
  /**
   * Says that nothing is to be done about something that needs a person: it is listed no longer. A dead job is deleted.
   *
   * Errors: `operator-unavailable` · `nothing-to-dismiss` · `storage-failure`.
   *
   * @example
   * const dismissed = await likeness.operator.dismiss({ operator: "ada", subject: { type: "order", id: orderId } });
   */
  dismiss(
    command: ByOperator & { readonly subject: Dismissable },
  ): ResultAsync<{ readonly type: "dismissed" }, DismissError>;
  /**
   * Erases everything about an owner, as `owners.erase` does. The entry in `actions` names the receipt, and not the owner.
   *
   * Errors: `invalid-receipt-id` · `storage-failure`.
   *
   * @example
   * const receipt = orThrow(await likeness.operator.eraseOwner({ operator: "ada", ownerId: "telegram:42" }));
   */
  eraseOwner(command: EraseAnyOwner): ResultAsync<ErasureReceipt, EraseAnyOwnerError>;
  /**
   * Opens the training copy of somebody's photo. Each look leaves an entry in `actions`; where that cannot be stored,
   * nothing is opened.
   *
   * Errors: `operator-unavailable` · `photo-not-found` · `blob-not-found` · `blob-failure` · `storage-failure`.
   *
   * @example
   * const { stream, contentType } = orThrow(await likeness.operator.openPhoto({ operator: "ada", photoId }));
   */
  openPhoto(command: ByOperator & { readonly photoId: string }): ResultAsync<OpenedFile, OpenPhotoError>;
  /**
   * Opens somebody's picture, as `openPhoto` does.
   *
   * Errors: `operator-unavailable` · `picture-not-found` · `blob-not-found` · `blob-failure` · `storage-failure`.
   *
   * @example
   * const opened = await likeness.operator.openPicture({ operator: "ada", pictureId });
   */
  openPicture(command: ByOperator & { readonly pictureId: string }): ResultAsync<OpenedFile, OperatorOpensPictureError>;
  /**
   * Enqueues the job of every overdue row, as the timer does regularly. Returns how many.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { nudged } = orThrow(await likeness.operator.sweep());
   */
  sweep(): ResultAsync<{ readonly nudged: number }, StorageFailure>;
  /**
   * Switches paid work on or off, for every process of the deployment at once, and tells how it stands. While it is off
   * nothing new is ordered, and what runs goes on. The host's setting `off` cannot be overruled.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { state, spentToday } = orThrow(await likeness.operator.paidWork({ operator: "ada", turn: "off" }));
   */
  paidWork(command?: SwitchPaidWork): ResultAsync<PaidWork, StorageFailure>;
  /**
   * Looks whether everything around this process is as it has to be: database, blobs, provider, the public address and
   * what the host has added. Each line of the answer says what is so and, where something is wrong, what to do. It
   * never fails, takes at most as long as its slowest check, and leaves nothing behind.
   *
   * @example
   * const { broken, findings } = orThrow(await likeness.operator.check());
   * const lines = findings.map(({ check, verdict, what }) => `${verdict} ${check}: ${what}`);
   */
  check(command?: CheckAround): ResultAsync<CheckUp, never>;
  /**
   * Reads whose webhooks are taken, where the core learns it from the first webhook that proves it.
   *
   * Errors: `account-not-learned` (the host names the account, or there is no such provider) · `storage-failure`.
   *
   * @example
   * const read = await likeness.operator.account({ provider: "fal" });
   * const said = read.match((known) => known.type, (error) => error.type);
   */
  account(command: { readonly provider: string }): ResultAsync<TrustedAccount, AccountNotLearned | StorageFailure>;
  /**
   * Says whose webhooks are taken from now on; without an account it is forgotten, and learned from the next webhook that
   * proves it.
   *
   * Errors: `invalid-account` · `account-not-learned` · `storage-failure`.
   *
   * @example
   * const trusted = await likeness.operator.trustAccount({ operator: "ada", provider: "fal" });
   */
  trustAccount(command: ByOperator & TrustAccount): ResultAsync<TrustedAccount, TrustAccountError>;
}

/** `cheap`: only what costs one or two small requests, e.g. when a process starts. */
export interface CheckAround {
  readonly cheap?: boolean | undefined;
}

const typeOf = ({ type }: { readonly type: string }): string => type;

/** Binds the commands for operators to the ports that they need. */
export const operatorCommands = (ports: OperatorPorts): OperatorCommands => ({
  available: ports.store.operator !== undefined,
  inspect: (command) => inspect(ports, command),
  list: (command) => listNeed(ports, command),
  order: (command) => tellOrder(ports, command),
  statistics: (command) => showStatistics(ports, command),
  actions: (command) => listActions(ports, command),
  look: ({ operator, orderId }) =>
    audited<LookedNow, LookNowError>(
      ports,
      { operator, action: "look", subject: orderOf(orderId), missing: { type: "order-not-found", orderId } },
      () => lookNow(ports, { orderId }),
      typeOf,
    ),
  cancel: ({ operator, orderId }) =>
    audited<OrderCancellation, CancelAnyOrderError>(
      ports,
      { operator, action: "cancel", subject: orderOf(orderId), missing: { type: "order-not-found", orderId } },
      () => cancelAnyOrder(ports, { orderId }),
      typeOf,
    ),
  adopt: ({ operator, trainingId }) =>
    audited<Adoption, AdoptLateResultError>(
      ports,
      { operator, action: "adopt", subject: orderOf(trainingId), missing: { type: "training-not-found", trainingId } },
      () => adoptLateResult(ports, { trainingId }),
      typeOf,
    ),
  copyAgain: ({ operator, orderId }) =>
    audited<AnotherCopy, CopyAgainError>(
      ports,
      { operator, action: "copy-again", subject: orderOf(orderId), missing: { type: "order-not-found", orderId } },
      () => copyAgain(ports, { orderId }).andThrough(() => listAgain(ports, orderOf(orderId))),
      typeOf,
    ),
  sendAgain: ({ operator, messageId }) => {
    const subject = { type: "message", id: messageId } as const;
    const send = () => sendAgain(ports, { messageId }).andThrough(() => listAgain(ports, subject));
    const missing = { type: "message-not-found", messageId } as const;
    return audited<AnotherSending, SendAgainError>(
      ports,
      { operator, action: "send-again", subject, missing },
      send,
      typeOf,
    );
  },
  refund: ({ operator, chargeId: id }) =>
    audited<RefundOrdered, RefundPaymentError>(
      ports,
      {
        operator,
        action: "refund",
        subject: { type: "payment", id },
        missing: { type: "payment-not-found", chargeId: id },
      },
      () => refundPayment(ports, { chargeId: id }),
      typeOf,
    ),
  revive: ({ operator, jobId: id }) =>
    audited<RevivedJob, ReviveJobError>(
      ports,
      { operator, action: "revive", subject: { type: "job", id }, missing: { type: "job-not-found", jobId: id } },
      () => reviveJob(ports, { jobId: id }),
      typeOf,
    ),
  dismiss: ({ operator, subject }) =>
    audited<{ readonly type: "dismissed" }, DismissError>(
      ports,
      { operator, action: "dismiss", subject, missing: { type: "nothing-to-dismiss" } },
      () => dismissNeed(ports, subject),
      typeOf,
    ),
  eraseOwner: ({ operator, ownerId, id = ports.ids.next() }) =>
    audited<ErasureReceipt, EraseAnyOwnerError>(
      ports,
      { operator, action: "erase-owner", subject: { type: "erasure", id }, missing: { type: "invalid-receipt-id" } },
      () => eraseOwner(ports, { actor: ownerId, id }),
      ({ status }) => status,
    ),
  openPhoto: (command) => openPhoto(ports, command),
  openPicture: (command) => openAnyPicture(ports, command),
  sweep: () => sweep(ports),
  paidWork: (command = {}) =>
    command.turn === undefined
      ? turnPaidWork(ports, {})
      : audited(
          ports,
          { operator: command.operator, action: `paid-work-${command.turn}`, subject: deployment },
          () => turnPaidWork(ports, command),
          ({ state }) => state,
        ),
  check: ({ cheap = false } = {}) => {
    const { checks = [] } = ports;
    return fromSafePromise(runChecks(ports, cheap ? checks.filter((check) => check.cheap) : checks));
  },
  account: (command) => learns(ports, command.provider).asyncAndThen(() => readAccount(ports, command)),
  trustAccount: (command) => learns(ports, command.provider).asyncAndThen(() => trustAccount(ports, command)),
});

/** Whether the account of a provider is learned, and not named by the host. */
function learns({ webhooks }: OperatorPorts, provider: string): Result<void, AccountNotLearned> {
  const receivers = webhooks ? [webhooks.receiver, ...(webhooks.former ?? [])] : [];
  const isLearned = receivers.some(({ source, accountOf }) => source === provider && accountOf);
  return isLearned ? ok(undefined) : err({ type: "account-not-learned", provider });
}

const orderOf = (id: string) => ({ type: "order", id }) as const;

/** All of the deployment: what is switched is switched for everybody. */
const deployment = { type: "deployment", id: "paid-work" } as const;

/** What the commands for operators need. */
export type OperatorPorts = Omit<
  BoundPorts,
  "alarms" | "notifier" | "inspector" | "outcomes" | "profiles" | "photoSource"
>;
