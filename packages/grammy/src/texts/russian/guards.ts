import type { GuardTexts } from "../guard-texts.ts";
import { ordersGenitive } from "./words.ts";
import { timeUntil } from "./formats.ts";

const again = (seconds: number): string => `Снова заказать можно ${timeUntil(seconds)}.`;

export const russianGuards = {
  "toast.too-many": ({ limit, maximum, seconds = 0 }) =>
    limit === "at-once"
      ? `Одновременно может выполняться не больше ${ordersGenitive(maximum)}. Подождите, пока ${maximum === 1 ? "он" : "один из них"} завершится.`
      : `На сегодня всё: до ${ordersGenitive(maximum)} в день. ${again(seconds)}`,
  "toast.spend-cap": ({ seconds }) => `На сегодня я больше не беру заказы. ${again(seconds)}`,
  "toast.paid-work-off": () =>
    "Сейчас я не беру новые заказы. То, что уже заказано, продолжается. Попробуйте, пожалуйста, позже.",
  "not-allowed": () =>
    "Это закрытый бот, поэтому здесь я ничего не могу для вас сделать. Если доступ вам нужен, обратитесь к тому, кто его ведёт.",
} satisfies GuardTexts;
