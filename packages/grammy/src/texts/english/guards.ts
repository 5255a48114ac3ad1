import type { GuardTexts } from "../guard-texts.ts";
import { orders } from "./words.ts";
import { timeUntil } from "./formats.ts";

const again = (seconds: number): string => `You can order again ${timeUntil(seconds)}.`;

export const englishGuards = {
  "toast.too-many": ({ limit, maximum, seconds = 0 }) =>
    limit === "at-once"
      ? `You can have ${orders(maximum)} under way at a time. You can order again as soon as ${maximum === 1 ? "it" : "one of them"} is done.`
      : `That is all for today: up to ${orders(maximum)} a day. ${again(seconds)}`,
  "toast.spend-cap": ({ seconds }) => `I cannot take any more orders today. ${again(seconds)}`,
  "toast.paid-work-off": () =>
    "I am taking a break from new orders; until when, I do not know yet. What you have ordered goes on, and what you have chosen stays here. Please try again in a while.",
  "not-allowed": () =>
    "This bot is private, so there is nothing I can do for you here. If you should have access, please ask the person who runs it.",
} satisfies GuardTexts;
