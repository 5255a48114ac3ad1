import { FormattedString } from "@grammyjs/parse-mode";
import type { PaymentState } from "@likeness/core";
import { lines } from "../lines.ts";
import type { PaymentShown, ShopTexts } from "../shop-texts.ts";
import { priced, stars } from "./words.ts";
import { number, shortDay } from "./formats.ts";

const { code } = FormattedString;

const states = {
  booked: "",
  unassigned: ", әлі анықталмады",
  refunded: ", қайтарылды",
} as const satisfies Record<PaymentState, string>;

const paymentLine = ({ at, stars: paid, credits, state, asked }: PaymentShown): string =>
  `${shortDay(at)}: ${stars(paid)}${credits.amount > 0 ? `, ${priced(credits)}` : ""}${states[state]}${asked ? ", қайтару сұралды" : ""}`;

/** What the shop says in Kazakh. */
export const kazakhShop = {
  "command.buy": () => "Telegram жұлдыздарына кредит сатып алу",
  "command.balance": () => "Кредиттеріңізді көру",
  "command.paysupport": () => "Төлем және қайтару бойынша көмек",

  "shop.prompt": ({ terms, training, picture, larger }) =>
    lines(
      "Сізге қанша кредит керек? Төлем Telegram жұлдыздарымен жасалады, кредиттер бірден түседі.",
      training || picture || larger ? "" : undefined,
      training && `Аватарды оқыту: ${priced(training)}`,
      picture && `Бір сурет: ${priced(picture)}`,
      larger && `Суретті үлкейту: ${priced(larger)}`,
      ...(terms === undefined ? [] : ["", `Төлеу арқылы шарттарға келісесіз: ${terms}`]),
    ),
  "shop.empty": () => "Қазір мұнда ештеңе сатылмайды. Кейінірек қайта қараңыз.",
  "invoice.title": ({ credits }) => priced(credits),
  "invoice.description": ({ credits, stars: price }) =>
    `${priced(credits)}, бағасы – ${stars(price)}: аватарларды оқытуға және суреттерге.`,

  balance: ({ balance, held, owed, unit, sells }) =>
    lines(
      `Сізде ${priced({ amount: balance - held, unit })} бар.`,
      held > 0 ? `Орындалып жатқан тапсырыстарға қойылғаны: ${number(held)}.` : undefined,
      owed > 0
        ? `Қайтарымнан кейін қарызыңыз: ${number(owed)}. Келесі сатып алу алдымен соны өтейді, оған дейін ақылы тапсырыс беру мүмкін емес.`
        : undefined,
      sells ? "Тағы сатып алу: /buy" : undefined,
    ),

  paysupport: ({ support, terms, payments }) =>
    lines(
      `Төлемде бір нәрсе дұрыс болмады ма? ${support} арқылы жазыңыз және төлем нөмірін көрсетіңіз.`,
      "",
      payments.length === 0 ? "Сіз мұнда әлі ештеңе төлеген жоқсыз." : "Соңғы төлемдеріңіз:",
      ...payments.flatMap((payment) => [paymentLine(payment), code(payment.chargeId)]),
      "",
      "Төлегенде PROVIDER_ACCOUNT_INVALID шыға ма? Telegram баптауларын ашып, «Менің жұлдыздарым» бөлімінен жұлдыз сатып алыңыз. Содан кейін осы чатқа оралып, төлеңіз.",
      terms === undefined ? undefined : `Шарттар: ${terms}`,
    ),
  "refund.choose": () => "Қай төлемді қайтарып алғыңыз келеді?",
  "refund.asked": ({ stars: paid, chargeId }) =>
    lines(`Қайтару туралы сұрауыңыз қабылданды: ${stars(paid)}. Қарап шығып, сізге жазамыз. Төлем:`, code(chargeId)),

  "payment.booked": ({ stars: paid, credits, again, balance }) =>
    lines(
      `Рахмет! Төленді: ${stars(paid)}. Қосылды: ${priced(credits)}.`,
      again ? "Бұл шот бұрын да төленген. Екі төлем де есептелді." : undefined,
      balance && `Енді сізде ${priced({ amount: balance.balance - balance.held, unit: balance.unit })} бар.`,
    ),
  "payment.unassigned": ({ stars: paid, chargeId, support }) =>
    lines(
      `Төлеміңіз түсті: ${stars(paid)}. Бірақ не үшін екені белгісіз. Ол жоғалмайды: анықтаймыз. Сұрағыңыз болса, мына жерге жазыңыз: ${support}. Төлем:`,
      code(chargeId),
    ),
  "payment.refunded": ({ stars: paid, credits, owed }) =>
    lines(
      `Сізге қайтарылды: ${stars(paid)}.`,
      credits.amount > 0 ? `Шегерілді: ${priced(credits)}.` : undefined,
      owed > 0
        ? `Бір бөлігі жұмсалып қойған, сондықтан қарызыңыз: ${number(owed)}. Келесі сатып алу алдымен соны өтейді.`
        : undefined,
    ),

  "button.package": ({ credits, stars: price }) => `${priced(credits)}: ${number(price)} ⭐`,
  "button.ask-refund": () => "Қайтаруды сұрау",
  "button.refund-payment": ({ stars: paid, at }) => `${number(paid)} ⭐, ${shortDay(at)}`,
  "toast.refund-none": () => "Қайтаруды сұрауға болатын төлем жоқ.",
  "toast.checkout-gone": () => "Бұл ұсыныс енді жарамсыз. Ештеңе төленбеді. Жаңасын алу үшін /buy жіберіңіз.",
  "toast.checkout-foreign": () => "Бұл шот сізге арналмаған. Ештеңе төленбеді. Өз шотыңызды алу үшін /buy жіберіңіз.",
  "toast.checkout-trouble": () => "Қазір төлемді қабылдау мүмкін емес. Ештеңе төленбеді. Кейінірек қайталап көріңіз.",
} satisfies ShopTexts;
