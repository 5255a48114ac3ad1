import type { ConsentAsk } from "./consent-policy.ts";

/** What is asked unless a host asks in its own words. */
export const defaultConsent: ConsentAsk = {
  version: "1",
  statements: [
    {
      key: "photos",
      text: {
        en: "I may use these photos: they show me, or people who have agreed to this.",
        ru: "Я имею право использовать эти фотографии: на них я или люди, которые на это согласны.",
        kk: "Бұл фотосуреттерді пайдалануға құқығым бар: оларда өзім немесе бұған келіскен адамдар.",
      },
      label: { en: "My photos, or with permission", ru: "Мои фото или с разрешения", kk: "Өзімдікі немесе рұқсатпен" },
    },
    {
      key: "adult",
      text: {
        en: "I am 18 or older, and so is everyone in the photos.",
        ru: "Мне уже есть 18 лет, и всем на фотографиях тоже.",
        kk: "Маған және фотосуреттердегі адамның бәріне 18 жас толған.",
      },
      label: { en: "Everyone is 18 or older", ru: "Всем есть 18 лет", kk: "Бәріне 18 жас толған" },
    },
  ],
};
