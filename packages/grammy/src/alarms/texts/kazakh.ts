import type { OverdueRow } from "@likeness/core";
import type { AlarmTexts } from "../alarm-texts.ts";
import { atLeast } from "../at-least.ts";

const rows = {
  order: "тапсырыстар",
  delivery: "вебхуктар",
  message: "хабарлар",
  photo: "фотолар",
  erasure: "өшірулер",
} as const satisfies Record<OverdueRow, string>;

export const kazakh: AlarmTexts = {
  over: (text) => `Дабыл аяқталды: ${text}`,
  "orders-unknown": (facts) => `Провайдер ширек сағаттан бері растамаған тапсырыстар: ${atLeast(facts)}.`,
  "work-overdue": ({ of }) =>
    `Ширек сағаттан бері өңделмей тұр: ${of.map((row) => rows[row]).join(", ")}. Кезек жұмыс істеп тұр ма?`,
  "webhooks-refused": () =>
    "Қолтаңбасы қате вебхуктар келіп жатыр, бот оларды қабылдамайды. Провайдердегі аккаунт нөмірі мен сервер сағатын тексеріңіз. Сұрау тоқтаған жоқ.",
  "webhooks-unverified": (facts) =>
    `Тексеруді күтіп тұрған вебхуктар: ${atLeast(facts)}. Провайдердің кілттері қолжетімсіз немесе аккаунты әлі белгісіз (npm run account).`,
  "messages-dead": (facts) => `Адамдарға жіберілмей қалған хабарлар: ${atLeast(facts)}. Енді жіберілмейді.`,
  "jobs-dead": (facts) => `Барлық әрекеттен кейін тоқтаған тапсырмалар: ${atLeast(facts)}.`,
  "provider-refuses": ({ call, status }) =>
    `Провайдер аккаунтымызға рұқсат бермейді (${call}: HTTP ${status}). Кілт пен балансты тексеріңіз.`,
  "spending-near-cap": ({ spent, cap }) => `Бүгін (UTC) $${cap.toFixed(2)} ішінен $${spent.toFixed(2)} жұмсалды.`,
};
