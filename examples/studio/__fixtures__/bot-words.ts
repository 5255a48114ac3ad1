import type { Language } from "../protocol.ts";

interface BotWords {
  readonly language: string;
  readonly portrait: string;
  readonly female: string;
  readonly asksName: string;
  readonly asksConsent: string;
  readonly boxes: readonly string[];
  readonly continue: string;
  readonly asksPhotos: string;
  readonly pricesTraining: string;
  readonly package: string;
  readonly paid: string;
  readonly accepted: string;
  /** Why photos of the sample album are not accepted. */
  readonly rejections: readonly string[];
  readonly train: string;
  readonly ready: string;
  readonly madeWithAi: string;
  readonly makePictures: string;
  readonly headshot: string;
  readonly pricesPicture: string;
  readonly draw: string;
  readonly original: string;
  readonly asksRefund: string;
  readonly notesRefund: string;
  readonly givenBack: string;
  readonly download: string;
  readonly downloaded: string;
  readonly erase: string;
  readonly erasesForGood: string;
  readonly erased: string;
}

/** What the bot says and offers from the consent to the erasure. The avatar is called Ada. */
export const botWords = {
  en: {
    language: "English",
    portrait: "Portrait",
    female: "Female",
    asksName: "What shall we call it?",
    asksConsent: "One thing before your photos",
    boxes: ["My photos, or with permission", "Everyone is 18 or older"],
    continue: "Continue",
    asksPhotos: "Now send",
    pricesTraining: "Training an avatar: 20 credits",
    package: "30 credits for 120 ⭐",
    paid: "120 Stars paid, 30 credits added.",
    accepted: "Accepted: 12 (10–20 needed)",
    rejections: ["too dark", "blurry", "too small", "the same", "not a picture"],
    train: "Start training",
    ready: "Ada is ready.",
    madeWithAi: "Made with AI",
    makePictures: "Make pictures",
    headshot: "Headshot",
    pricesPicture: "Price: 1 credit",
    draw: "Draw",
    original: "Original",
    asksRefund: "Ask for a refund",
    notesRefund: "Your request for 120 Stars is noted.",
    givenBack: "120 Stars were given back to you.",
    download: "Download my data",
    downloaded: "Everything that I have stored about you.",
    erase: "Delete everything",
    erasesForGood: "Yes, delete everything",
    erased: "Everything is deleted.",
  },
  ru: {
    language: "Русский",
    portrait: "Портрет",
    female: "Женский",
    asksName: "Как назовём аватар?",
    asksConsent: "Прежде чем отправлять фото",
    boxes: ["Мои фото или с разрешения", "Всем есть 18 лет"],
    continue: "Продолжить",
    asksPhotos: "Теперь отправьте",
    pricesTraining: "Обучить аватар: 20 кредитов",
    package: "30 кредитов за 120 ⭐",
    paid: "Оплачено: 120 звёзд. Начислено: 30 кредитов.",
    accepted: "Принято: 12 (",
    rejections: ["Слишком темно", "нечёткий", "слишком маленькое", "Такое фото уже есть", "Это не изображение"],
    train: "Начать обучение",
    ready: "Аватар Ada готов.",
    madeWithAi: "Создано с помощью ИИ",
    makePictures: "Создать изображения",
    headshot: "Деловой портрет",
    pricesPicture: "Цена: 1 кредит",
    draw: "Нарисовать",
    original: "Оригинал",
    asksRefund: "Запросить возврат",
    notesRefund: "Запрос на возврат принят: 120 звёзд.",
    givenBack: "Вам возвращено: 120 звёзд.",
    download: "Скачать мои данные",
    downloaded: "Всё, что я храню о вас.",
    erase: "Удалить всё",
    erasesForGood: "Да, удалить всё",
    erased: "Всё удалено.",
  },
  kk: {
    language: "Қазақша",
    portrait: "Портрет",
    female: "Әйел",
    asksName: "Аватардың аты қандай болсын?",
    asksConsent: "Фотосурет жіберуден бұрын",
    boxes: ["Өзімдікі немесе рұқсатпен", "Бәріне 18 жас толған"],
    continue: "Жалғастыру",
    asksPhotos: "фотосурет жіберіңіз.",
    pricesTraining: "Аватарды оқыту: 20 кредит",
    package: "30 кредит: 120 ⭐",
    paid: "Төленді: 120 жұлдыз. Қосылды: 30 кредит.",
    accepted: "Қабылданды: 12 (",
    rejections: ["Тым қараңғы", "бұлыңғыр", "Тым кішкентай", "бұрын жіберілген", "Бұл сурет емес"],
    train: "Оқытуды бастау",
    ready: "Ada аватары дайын.",
    madeWithAi: "ЖИ көмегімен жасалған",
    makePictures: "Сурет жасау",
    headshot: "Іскерлік портрет",
    pricesPicture: "Бағасы: 1 кредит",
    draw: "Сурет салу",
    original: "Түпнұсқа",
    asksRefund: "Қайтаруды сұрау",
    notesRefund: "қабылданды: 120 жұлдыз.",
    givenBack: "Сізге қайтарылды: 120 жұлдыз.",
    download: "Деректерімді жүктеп алу",
    downloaded: "Сіз туралы сақтағанымның бәрі.",
    erase: "Бәрін жою",
    erasesForGood: "Иә, бәрін жою",
    erased: "Бәрі жойылды.",
  },
} as const satisfies Record<Language, BotWords>;
