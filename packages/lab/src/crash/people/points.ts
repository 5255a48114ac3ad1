/** A point at which a process with a shop is killed: the first time that something happens after something else. */
export interface PeoplePoint {
  /** A description of what is done and what is not. */
  readonly where: string;
  /** What happens there, as `withProbes` names it, perhaps in a job: `payment.tell: before telegram sendMessage`. */
  readonly at: string;
  /** What has to have happened before in the same process. */
  readonly after?: string;
}

const paid = "after telegram answerPreCheckoutQuery";

/** From the question before a payment until its refund is told, with an order of what was bought between them. */
export const paymentPoints = {
  M1: { where: "the person may pay, Telegram has no answer", at: "before telegram answerPreCheckoutQuery" },
  M2: { where: "Telegram has taken the yes and the Stars", at: paid },
  M3: {
    where: "inside the transaction that stores the message about the payment, before its commit",
    at: "after statement insert likeness_webhook_inbox",
    after: paid,
  },
  M4: { where: "the payment is about to be stored", at: "before purchases.pay" },
  M5: {
    where: "inside the transaction that stores the payment, nothing is added",
    at: "after statement insert likeness_payment",
  },
  M6: {
    where: "in it, the entry is written, the balance is not",
    at: "after statement insert likeness_credit_entry",
  },
  M7: {
    where: "in it, both are written, before its commit",
    at: "after statement update likeness_credit_account",
  },
  M8: { where: "the payment is committed, the update has no outcome", at: "after purchases.pay" },
  M9: { where: "the person is about to be told", at: "payment.tell: before telegram sendMessage" },
  M10: {
    where: "Telegram has taken the message, nothing of it is noted",
    at: "payment.tell: after telegram sendMessage",
  },
  M11: { where: "it is noted, its job is not done", at: "after purchases.noteTold" },
  M12: {
    where: "inside the transaction that reserves, the hold is written, the account is not",
    at: "after statement insert likeness_credit_hold",
  },
  M13: {
    where: "inside the transaction that captures or releases, the hold is settled, the account is not",
    at: "after statement update likeness_credit_hold",
  },
  M14: {
    where: "in that of a capture, the entry is written, the balance is not",
    at: "after statement insert likeness_credit_entry",
    after: "after statement update likeness_credit_hold",
  },
  M15: { where: "the refund is ordered and committed, the operator was not told", at: "after purchases.orderRefund" },
  M16: { where: "Telegram is about to be asked to give the Stars back", at: "before telegram refundStarPayment" },
  M17: { where: "Telegram has given them back, nothing of it is noted", at: "after telegram refundStarPayment" },
  M18: {
    where: "inside the transaction that takes the credits, the entry is written, what is owed is not",
    at: "after statement insert likeness_credit_entry",
    after: "after telegram refundStarPayment",
  },
  M19: {
    where: "in it, the payment is not yet given back",
    at: "after statement update likeness_credit_account",
    after: "after telegram refundStarPayment",
  },
  M20: { where: "the refund is committed, its job is not done", at: "after purchases.refunded" },
  M21: {
    where: "Telegram has taken the message about the refund, nothing of it is noted",
    at: "payment.tell: after telegram sendMessage",
    after: "after purchases.refunded",
  },
} as const satisfies Record<string, PeoplePoint>;

const asked = "before act erase";

/** While everything about a person is erased. */
export const erasurePoints = {
  E1: { where: "the erasure is asked for, nothing is done", at: asked },
  E2: {
    where: "inside the transaction that erases, the first avatar is deleted",
    at: "after statement delete likeness_avatar",
    after: asked,
  },
  E3: { where: "in it, an order is noted", at: "after statement insert likeness_erased_order", after: asked },
  E4: { where: "in it, the owner is deleted", at: "after statement delete likeness_owner", after: asked },
  E5: { where: "in it, the sessions are deleted", at: "after statement delete likeness_session", after: asked },
  E6: { where: "in it, the updates are emptied", at: "after statement update likeness_webhook_inbox", after: asked },
  E7: {
    where: "in it, the erasure is stored, before its commit",
    at: "after statement insert likeness_erasure",
    after: asked,
  },
  E8: { where: "it is committed, the account has its name", at: "before credits.pseudonymise" },
  E9: {
    where: "inside the transaction that renames the account, before its commit",
    at: "after statement delete likeness_credit_account",
  },
  E10: { where: "the account is renamed, the payments are not", at: "after credits.pseudonymise" },
  E11: {
    where: "inside the transaction that renames the payments, before its commit",
    at: "after statement update likeness_payment",
    after: "before purchases.pseudonymise",
  },
  E12: { where: "both are renamed, nothing of it is noted", at: "after purchases.pseudonymise" },
  E13: { where: "a file is about to be deleted", at: "owner.erase: before blobs.delete" },
  E14: { where: "a file is deleted, nothing of it is noted", at: "owner.erase: after blobs.delete" },
  E15: { where: "the provider is about to be asked to erase", at: "owner.erase: before provider.erase" },
  E16: { where: "the provider has erased an order, nothing of it is noted", at: "owner.erase: after provider.erase" },
  E17: {
    where: "what is left to do is noted",
    at: "owner.erase: after statement update likeness_erasure",
    after: "owner.erase: after provider.erase",
  },
  E18: { where: "a pass is noted, its job is not done", at: "after job owner.erase" },
} as const satisfies Record<string, PeoplePoint>;

export type PeoplePointName = keyof typeof paymentPoints | keyof typeof erasurePoints;

export const isPeoplePoint = (name: string): name is PeoplePointName => Object.hasOwn(peoplePoints, name);

export const peoplePoints: Readonly<Record<PeoplePointName, PeoplePoint>> = { ...paymentPoints, ...erasurePoints };
