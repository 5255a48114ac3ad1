import type { GuardTexts } from "../guard-texts.ts";
import { ordersGenitive } from "./words.ts";
import { timeUntil } from "./formats.ts";

const again = (seconds: number): string => `Снова заказать можно ${timeUntil(seconds)}.`;

export const russianGuards = {
  "toast.too-many": ({ limit, maximum, seconds = 0 }) =>
    limit === "at-once"
      ? `Одновременно может выполняться не больше ${ordersGenitive(maximum)}. Снова заказать можно, как только ${maximum === 1 ? "он" : "один из них"} завершится.`
      : `На сегодня всё: до ${ordersGenitive(maximum)} в день. ${again(seconds)}`,
  "toast.spend-cap": ({ seconds }) => `На сегодня я больше не беру заказы. ${again(seconds)}`,
  "toast.paid-work-off": () =>
    "Сейчас я не беру новые заказы и пока не знаю, до какого времени. Уже заказанное продолжается, а ваш выбор остаётся здесь. Попробуйте, пожалуйста, чуть позже.",
  "not-allowed": () =>
    "Это закрытый бот, поэтому здесь я ничего не могу для вас сделать. Если доступ вам нужен, обратитесь к тому, кто его ведёт.",
} satisfies GuardTexts;
