import type { CreditBalance, PaymentState, Quote, Timestamp } from "@likeness/core";
import type { Text } from "./text.ts";

/** A payment in a list. */
export interface PaymentShown {
  readonly at: Timestamp;
  readonly stars: number;
  readonly credits: Quote;
  readonly state: PaymentState;
  /** Its owner has asked for the money, or an operator is giving it back. */
  readonly asked: boolean;
  /** What support asks for. */
  readonly chargeId: string;
}

/** Everything that the shop says. Credits come as a number with their unit, Stars as a number. */
export interface ShopTexts {
  readonly "command.buy": () => string;
  readonly "command.balance": () => string;
  readonly "command.paysupport": () => string;

  /** Above the buttons with the packages. `terms`: what people agree to when they buy; the others: what one of them costs. */
  readonly "shop.prompt": (given: {
    readonly terms?: string | undefined;
    readonly training?: Quote | undefined;
    readonly picture?: Quote | undefined;
    /** One picture made larger. */
    readonly larger?: Quote | undefined;
  }) => Text;
  /** Nothing is sold now. */
  readonly "shop.empty": () => Text;
  /** Plain, at most 32 characters. */
  readonly "invoice.title": (given: { readonly credits: Quote }) => string;
  /** Plain, at most 255 characters. */
  readonly "invoice.description": (given: { readonly credits: Quote; readonly stars: number }) => string;

  /** What can be spent, what is held besides, and what is owed. `sells`: more can be bought. */
  readonly balance: (given: CreditBalance & { readonly sells: boolean }) => Text;

  /**
   * Whom to write to, the last payments with their ids, and what to do when an app cannot pay: Telegram Desktop fails with
   * `PROVIDER_ACCOUNT_INVALID` if Stars are bought inside of the invoice.
   * https://github.com/telegramdesktop/tdesktop/issues/31262
   */
  readonly paysupport: (given: {
    readonly support: string;
    readonly terms?: string | undefined;
    readonly payments: readonly PaymentShown[];
  }) => Text;
  readonly "refund.choose": () => Text;
  readonly "refund.asked": (given: { readonly stars: number; readonly chargeId: string }) => Text;

  /** `again`: the invoice was paid before, and this payment counts, too. */
  readonly "payment.booked": (given: {
    readonly stars: number;
    readonly credits: Quote;
    readonly again: boolean;
    readonly balance?: CreditBalance | undefined;
  }) => Text;
  /** It was made, but nothing tells what for; the operator has it. */
  readonly "payment.unassigned": (given: {
    readonly stars: number;
    readonly chargeId: string;
    readonly support: string;
  }) => Text;
  /** `owed`: credits that were spent already. */
  readonly "payment.refunded": (given: {
    readonly stars: number;
    readonly credits: Quote;
    readonly owed: number;
  }) => Text;

  readonly "button.package": (given: { readonly credits: Quote; readonly stars: number }) => string;
  readonly "button.ask-refund": () => string;
  readonly "button.refund-payment": (given: { readonly stars: number; readonly at: Timestamp }) => string;
  readonly "toast.refund-none": () => string;
  /** Telegram shows these three when a payment may not go on. Nothing was paid. */
  readonly "toast.checkout-gone": () => string;
  readonly "toast.checkout-foreign": () => string;
  readonly "toast.checkout-trouble": () => string;
}
