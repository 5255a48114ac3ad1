import { FormattedString } from "@grammyjs/parse-mode";
import type { PaymentState } from "@likeness/core";
import { lines } from "../lines.ts";
import type { PaymentShown, ShopTexts } from "../shop-texts.ts";
import { priced } from "./words.ts";
import { countOf, number, plural, shortDay } from "./formats.ts";

const { code } = FormattedString;

const stars = (count: number): string => countOf(count, { one: "Star", other: "Stars" });

const states = {
  booked: "",
  unassigned: ", not assigned yet",
  refunded: ", refunded",
} as const satisfies Record<PaymentState, string>;

const paymentLine = ({ at, stars: paid, credits, state, asked }: PaymentShown): string =>
  `${shortDay(at)}: ${stars(paid)}${credits.amount > 0 ? ` for ${priced(credits)}` : ""}${states[state]}${asked ? ", refund requested" : ""}`;

/** What the shop says in English. */
export const englishShop = {
  "command.buy": () => "Buy credits for Telegram Stars",
  "command.balance": () => "See your credits",
  "command.paysupport": () => "Help with payments and refunds",

  "shop.prompt": ({ terms, training, picture, larger }) =>
    lines(
      "How many credits would you like? You pay with Telegram Stars, and the credits are yours at once.",
      training || picture || larger ? "" : undefined,
      training && `Training an avatar: ${priced(training)}`,
      picture && `A picture: ${priced(picture)}`,
      larger && `Making a picture larger: ${priced(larger)}`,
      ...(terms === undefined ? [] : ["", `By paying you agree to the terms: ${terms}`]),
    ),
  "shop.empty": () => "Nothing is sold here at the moment. Please look again later.",
  "invoice.title": ({ credits }) => priced(credits),
  "invoice.description": ({ credits, stars: price }) =>
    `${priced(credits)} for ${stars(price)}, to train avatars and make pictures.`,

  balance: ({ balance, held, owed, unit, sells }) =>
    lines(
      `You have ${priced({ amount: balance - held, unit })}.`,
      held > 0 ? `Held for what is under way: ${number(held)}.` : undefined,
      owed > 0
        ? `You owe ${number(owed)} after a refund. What you buy next pays that first, and until then nothing paid can be ordered.`
        : undefined,
      sells ? "You can get more with /buy." : undefined,
    ),

  paysupport: ({ support, terms, payments }) =>
    lines(
      `Something went wrong with a payment? Write to ${support}, and name the id of the payment.`,
      "",
      payments.length === 0 ? "You have not paid anything here yet." : "Your last payments:",
      ...payments.flatMap((payment) => [paymentLine(payment), code(payment.chargeId)]),
      "",
      "Does Telegram show PROVIDER_ACCOUNT_INVALID when you pay? Open Telegram’s settings, tap “My Stars” and buy Stars there. Then come back to this chat and pay.",
      terms === undefined ? undefined : `Terms: ${terms}`,
    ),
  "refund.choose": () => "Which payment would you like back?",
  "refund.asked": ({ stars: paid, chargeId }) =>
    lines(
      `Your request for ${stars(paid)} is noted. We’ll look at it and you will hear from us. The payment:`,
      code(chargeId),
    ),

  "payment.booked": ({ stars: paid, credits, again, balance }) =>
    lines(
      `Thank you! ${stars(paid)} paid, ${priced(credits)} added.`,
      again ? "This invoice had been paid before. Both payments count." : undefined,
      balance && `You now have ${priced({ amount: balance.balance - balance.held, unit: balance.unit })}.`,
    ),
  "payment.unassigned": ({ stars: paid, chargeId, support }) =>
    lines(
      `Your payment of ${stars(paid)} arrived, but it does not say what it was for. It is not lost: we’ll look at it. Questions go to ${support}. The payment:`,
      code(chargeId),
    ),
  "payment.refunded": ({ stars: paid, credits, owed }) =>
    lines(
      `${stars(paid)} ${plural(paid, { one: "was", other: "were" })} given back to you.`,
      credits.amount > 0 ? `Taken for that: ${priced(credits)}.` : undefined,
      owed > 0 ? `They were partly spent, so you owe ${number(owed)}. What you buy next pays that first.` : undefined,
    ),

  "button.package": ({ credits, stars: price }) => `${priced(credits)} for ${number(price)} ⭐`,
  "button.ask-refund": () => "Ask for a refund",
  "button.refund-payment": ({ stars: paid, at }) => `${number(paid)} ⭐, ${shortDay(at)}`,
  "toast.refund-none": () => "There is no payment left that you could ask back.",
  "toast.checkout-gone": () => "This offer is no longer valid. Nothing was paid. Please send /buy for a new one.",
  "toast.checkout-foreign": () => "This invoice is for somebody else. Nothing was paid. Please send /buy for your own.",
  "toast.checkout-trouble": () =>
    "The payment cannot be taken at the moment. Nothing was paid. Please try again later.",
} satisfies ShopTexts;
