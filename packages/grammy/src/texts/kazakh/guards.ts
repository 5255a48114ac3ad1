import { capitalised } from "../capitalised.ts";
import type { GuardTexts } from "../guard-texts.ts";
import { orders } from "./words.ts";
import { timeUntil } from "./formats.ts";

const again = (seconds: number): string => `${capitalised(timeUntil(seconds))} қайта тапсырыс бере аласыз.`;

export const kazakhGuards = {
  "toast.too-many": ({ limit, maximum, seconds = 0 }) =>
    limit === "at-once"
      ? `Бір уақытта ең көбі ${orders(maximum)} орындалады. ${maximum === 1 ? "Ол" : "Біреуі"} аяқталған соң қайта тапсырыс бере аласыз.`
      : `Бүгінге осымен бітті: күніне ең көбі ${orders(maximum)}. ${again(seconds)}`,
  "toast.spend-cap": ({ seconds }) => `Бүгін басқа тапсырыс ала алмаймын. ${again(seconds)}`,
  "toast.paid-work-off": () =>
    "Қазір жаңа тапсырыс алмай тұрмын, қашанға дейін екенін әзірге білмеймін. Бұрын тапсырыс бергеніңіз жалғаса береді, таңдағаныңыз осында қалады. Сәл кейінірек қайталап көріңіз.",
  "not-allowed": () =>
    "Бұл бот жабық, сондықтан мұнда сізге көмектесе алмаймын. Сізге рұқсат керек болса, ботты жүргізетін адамға жазыңыз.",
} satisfies GuardTexts;
