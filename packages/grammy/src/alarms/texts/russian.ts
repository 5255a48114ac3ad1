import type { OverdueRow } from "@likeness/core";
import type { AlarmTexts } from "../alarm-texts.ts";
import { atLeast } from "../at-least.ts";

const rows = {
  order: "заказы",
  delivery: "вебхуки",
  message: "сообщения",
  photo: "фото",
  erasure: "удаления",
} as const satisfies Record<OverdueRow, string>;

export const russian: AlarmTexts = {
  over: (text) => `Отбой: ${text}`,
  "orders-unknown": (facts) => `Провайдер больше четверти часа не подтверждает заказы: ${atLeast(facts)}.`,
  "work-overdue": ({ of }) =>
    `Больше четверти часа ждут обработки: ${of.map((row) => rows[row]).join(", ")}. Работает ли очередь?`,
  "webhooks-refused": () =>
    "Приходят вебхуки с неверной подписью, бот их отклоняет. Проверьте номер аккаунта у провайдера и часы сервера. Опрос продолжается.",
  "webhooks-unverified": (facts) =>
    `Вебхуки ждут проверки: ${atLeast(facts)}. Ключи провайдера недоступны, или его аккаунт ещё неизвестен (npm run account).`,
  "messages-dead": (facts) => `Не удалось отправить сообщения людям: ${atLeast(facts)}. Попыток больше не будет.`,
  "jobs-dead": (facts) => `Задачи остановлены после всех попыток: ${atLeast(facts)}.`,
  "provider-refuses": ({ call, status }) =>
    `Провайдер отказывает нашему аккаунту (${call}: HTTP ${status}). Проверьте ключ и баланс.`,
  "spending-near-cap": ({ spent, cap }) => `За сегодня (UTC) потрачено $${spent.toFixed(2)} из $${cap.toFixed(2)}.`,
};
