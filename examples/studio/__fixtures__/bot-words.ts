import type { Language } from "../protocol.ts";

/** What the bot says and offers on the way to a picture, in the languages of the tests. The avatar is called Ada. */
export const botWords = {
  en: {
    portrait: "Portrait",
    female: "Female",
    asksName: "What shall we call it?",
    asksConsent: "One thing before your photos",
    boxes: ["My photos, or with permission", "Everyone is 18 or older"],
    asksPhotos: "Now send",
    accepted: "Accepted: 12 (10–20 needed)",
    continue: "Continue",
    train: "Start training",
    ready: "Ada is ready.",
    makePictures: "Make pictures",
    headshot: "Headshot",
    draw: "Draw",
    madeWithAi: "Made with AI",
  },
  ru: {
    portrait: "Портрет",
    female: "Женский",
    asksName: "Как назовём аватар?",
    asksConsent: "Прежде чем отправлять фото",
    boxes: ["Мои фото или с разрешения", "Всем есть 18 лет"],
    asksPhotos: "Теперь отправьте",
    accepted: "Принято: 12 (",
    continue: "Продолжить",
    train: "Начать обучение",
    ready: "Аватар Ada готов.",
    makePictures: "Создать изображения",
    headshot: "Деловой портрет",
    draw: "Нарисовать",
    madeWithAi: "Создано с помощью ИИ",
  },
} as const satisfies Partial<Record<Language, Readonly<Record<string, string | readonly string[]>>>>;
