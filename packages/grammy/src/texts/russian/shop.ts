import { FormattedString } from "@grammyjs/parse-mode";
import type { PaymentState } from "@likeness/core";
import { lines } from "../lines.ts";
import type { PaymentShown, ShopTexts } from "../shop-texts.ts";
import { priced } from "./words.ts";
import { countOf, number, shortDay } from "./formats.ts";

const { code } = FormattedString;

/** Что? 21 звезда. */
const stars = (count: number): string =>
  countOf(count, { one: "звезда", few: "звезды", many: "звёзд", other: "звезды" });

/** За что? За 21 звезду. */
const starsAccusative = (count: number): string =>
  countOf(count, { one: "звезду", few: "звезды", many: "звёзд", other: "звезды" });

const states = {
  booked: "",
  unassigned: ", пока не разобрались, за что",
  refunded: ", возврат сделан",
} as const satisfies Record<PaymentState, string>;

const paymentLine = ({ at, stars: paid, credits, state, asked }: PaymentShown): string =>
  `${shortDay(at)}: ${stars(paid)}${credits.amount > 0 ? `, ${priced(credits)}` : ""}${states[state]}${asked ? ", запрошен возврат" : ""}`;

/** What the shop says in Russian. */
export const russianShop = {
  "command.buy": () => "Купить кредиты за звёзды Telegram",
  "command.balance": () => "Сколько у вас кредитов",
  "command.paysupport": () => "Помощь с оплатой и возвратом",

  "shop.prompt": ({ terms, training, picture, larger }) =>
    lines(
      "Сколько кредитов вам нужно? Оплата — звёздами Telegram, кредиты придут сразу.",
      training || picture || larger ? "" : undefined,
      training && `Обучить аватар: ${priced(training)}`,
      picture && `Создать изображение: ${priced(picture)}`,
      larger && `Увеличить изображение: ${priced(larger)}`,
      ...(terms === undefined ? [] : ["", `Оплачивая, вы соглашаетесь с условиями: ${terms}`]),
    ),
  "shop.empty": () => "Сейчас здесь ничего не продаётся. Загляните, пожалуйста, позже.",
  "invoice.title": ({ credits }) => priced(credits),
  "invoice.description": ({ credits, stars: price }) =>
    `${priced(credits)} за ${starsAccusative(price)}, чтобы обучать аватары и создавать изображения.`,

  balance: ({ balance, held, owed, unit, sells }) =>
    lines(
      `У вас ${priced({ amount: balance - held, unit })}.`,
      held > 0 ? `Отложено на то, что сейчас в работе: ${number(held)}.` : undefined,
      owed > 0
        ? `После возврата за вами долг: ${number(owed)}. Следующая покупка сначала погасит его, а до этого платные заказы недоступны.`
        : undefined,
      sells ? "Купить ещё: /buy" : undefined,
    ),

  paysupport: ({ support, terms, payments }) =>
    lines(
      `Что-то не так с оплатой? Напишите ${support} и укажите номер платежа.`,
      "",
      payments.length === 0 ? "Вы здесь пока ничего не оплачивали." : "Ваши последние платежи:",
      ...payments.flatMap((payment) => [paymentLine(payment), code(payment.chargeId)]),
      "",
      "При оплате появляется PROVIDER_ACCOUNT_INVALID? Откройте настройки Telegram, выберите «Мои звёзды» и купите звёзды там. Потом вернитесь в этот чат и оплатите.",
      terms === undefined ? undefined : `Условия: ${terms}`,
    ),
  "refund.choose": () => "За какой платёж вернуть звёзды?",
  "refund.asked": ({ stars: paid, chargeId }) =>
    lines(`Запрос на возврат принят: ${stars(paid)}. Мы посмотрим и напишем вам. Платёж:`, code(chargeId)),

  "payment.booked": ({ stars: paid, credits, again, balance }) =>
    lines(
      `Спасибо! Оплачено: ${stars(paid)}. Начислено: ${priced(credits)}.`,
      again ? "Этот счёт уже был оплачен раньше. Оба платежа засчитаны." : undefined,
      balance && `Теперь у вас ${priced({ amount: balance.balance - balance.held, unit: balance.unit })}.`,
    ),
  "payment.unassigned": ({ stars: paid, chargeId, support }) =>
    lines(
      `Платёж получен: ${stars(paid)}. Но из него не ясно, за что он. Он не потерян: мы с ним разберёмся. Вопросы можно задать здесь: ${support}. Платёж:`,
      code(chargeId),
    ),
  "payment.refunded": ({ stars: paid, credits, owed }) =>
    lines(
      `Вам возвращено: ${stars(paid)}.`,
      credits.amount > 0 ? `Списано: ${priced(credits)}.` : undefined,
      owed > 0
        ? `Часть уже была потрачена, поэтому за вами долг: ${number(owed)}. Следующая покупка сначала погасит его.`
        : undefined,
    ),

  "button.package": ({ credits, stars: price }) => `${priced(credits)} за ${number(price)} ⭐`,
  "button.ask-refund": () => "Запросить возврат",
  "button.refund-payment": ({ stars: paid, at }) => `${number(paid)} ⭐, ${shortDay(at)}`,
  "toast.refund-none": () => "Нет платежей, за которые можно запросить возврат.",
  "toast.checkout-gone": () =>
    "Это предложение больше не действует. Ничего не списано. Отправьте /buy, чтобы получить новое.",
  "toast.checkout-foreign": () => "Этот счёт выставлен не вам. Ничего не списано. Отправьте /buy, чтобы получить свой.",
  "toast.checkout-trouble": () =>
    "Сейчас оплату принять не получается. Ничего не списано. Попробуйте, пожалуйста, позже.",
} satisfies ShopTexts;
