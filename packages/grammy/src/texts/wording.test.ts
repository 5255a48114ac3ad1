import type { AvatarStatus } from "@likeness/core";
import { testStart } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { words } from "../chat/__fixtures__/words.ts";

const limits = { minimum: 10, maximum: 20 };
const photos = { name: "Ada", kind: "portrait", accepted: 12, ...limits } as const;
const card = { name: "Ada", kind: "portrait", gender: "female", main: false, accepted: 12, ...limits } as const;
const confirm = { name: "Ada", kind: "portrait", gender: "female", photos: 12, preset: "quality" } as const;
const status = { name: "Ada", checking: 0, rejected: [], moreRejected: 0, ...limits };
const avatarButton = (locale: string, of: AvatarStatus) =>
  words(locale, "button.avatar", { name: "Ada", status: of, main: false });

describe("the words", () => {
  it("are English that people speak", () => {
    expect(words("en", "photos.prompt", photos)).toContain("one by one");
    expect(words("en", "hint", { waiting: "photos", received: "text" })).toContain("one by one");
    expect(words("en", "photos.full", { maximum: 20, ever: false, enough: true })).toMatch(
      /^There is no room for more\. You can use up to 20 photos\./,
    );
    expect(words("en", "name.invalid", { problem: "too-short", length: 1, minimum: 2, maximum: 50 })).toBe(
      "That name has 1 character: use at least 2. Please try another one.",
    );
    expect(words("en", "progress.ended", { name: "Ada", outcome: "failed" })).toBe("Ada\nTraining failed");
    expect(words("en", "cancel.wizard")).toContain("Send /start to begin again.");
    expect(words("en", "cancel.done", { name: "Ada", hasModel: true })).toContain("and the previous model stays.");
    expect(words("en", "confirm.prompt", { ...confirm, hasModel: true })).toContain("The current model keeps working");
    expect(words("en", "gender.prompt", { kind: "style" })).toContain("Who should appear?");
    expect(words("en", "button.anyone")).toBe("Anyone");
    expect(words("en", "photos.status", { ...status, accepted: 20 })).toContain("Accepted: 20 (10–20 needed)\n");
    expect(words("en", "avatar.card", { ...card, status: "draft" })).toContain("Photos: 12 (10–20 needed)");
  });

  it("are Russian that people speak", () => {
    expect(words("ru", "kind.prompt")).toContain("Какой аватар создаём?");
    const labels = (["button.portrait", "button.style", "button.female", "button.male", "button.undo"] as const).map(
      (key) => words("ru", key),
    );
    expect(labels).toStrictEqual(["Портрет", "Стиль", "Женский", "Мужской", "Удалить последнее фото"]);
    expect(words("ru", "welcome")).toContain("создаёт изображения с этим человеком или в выбранном стиле");
    expect(words("ru", "photos.prompt", photos)).toContain("чётко и при хорошем свете");
    const presets = (["fast", "balanced", "quality"] as const).map((preset) =>
      words("ru", "button.preset", { preset, chosen: false }),
    );
    expect(presets).toStrictEqual(["Быстро", "Оптимально", "Максимальное качество"]);
    expect(words("ru", "confirm.prompt", confirm)).toContain("Время: пока неизвестно");
    expect(words("ru", "photos.status", { ...status, accepted: 12 })).toContain("Принято: 12 (нужно 10–20)\n");
    expect(words("ru", "cancel.ask", { name: "Ada" })).toContain("Результат обучения пропадёт");
    expect(words("ru", "toast.old-button")).toContain("Откройте более новое сообщение");
    expect(words("ru", "command.cancel")).toBe("Отменить текущее действие");
    expect(avatarButton("ru", "training")).toBe("Ada, обучается");
  });

  it.each([
    ["en", { photos: true, models: false }, "Delete Ada with its photos? This cannot be undone.", " with its photos."],
    ["en", { photos: false, models: false }, "Delete Ada? This cannot be undone.", "Ada is deleted."],
    ["en", { photos: true, models: true }, "with its photos and models?", "with its photos and models."],
    [
      "en",
      { photos: true, models: true, pictures: true },
      "with its photos, models and pictures?",
      "with its photos, models and pictures.",
    ],
    ["ru", { photos: true, models: false }, "Удалить аватар Ada вместе с фотографиями? ", " вместе с фотографиями."],
    ["ru", { photos: false, models: false }, "Удалить аватар Ada? ", "Аватар Ada удалён."],
    [
      "ru",
      { photos: true, models: true, pictures: true },
      " вместе с фотографиями, моделями и изображениями? ",
      " вместе с фотографиями, моделями и изображениями.",
    ],
    ["ru", { photos: true, models: true }, " вместе с фотографиями и моделями? ", " вместе с фотографиями и моделями."],
  ] as const)("of a deletion speak of nothing that the avatar has not, in %s: %j", (locale, parts, asked, said) => {
    const { training, idle } = {
      training: words(locale, "delete.ask", { name: "Ada", training: true, ...parts }),
      idle: words(locale, "delete.ask", { name: "Ada", training: false, ...parts }),
    };
    expect(idle).toContain(asked);
    expect(idle).not.toMatch(/training|Обучение/);
    expect(training).toMatch(/training will be stopped|Обучение остановится/);
    expect(words(locale, "deleted", { name: "Ada", ...parts })).toContain(said);
  });

  it.each([
    ["en", { blocked: 1, failed: 0 }, "1 picture was blocked by the safety filter and costs nothing."],
    ["en", { blocked: 2, failed: 0 }, "2 pictures were blocked by the safety filter and cost nothing."],
    ["en", { blocked: 0, failed: 1 }, "1 picture could not be drawn and costs nothing."],
    ["en", { blocked: 0, failed: 3 }, "3 pictures could not be drawn and cost nothing."],
    [
      "en",
      { blocked: 1, failed: 2 },
      "1 picture was blocked by the safety filter, 2 could not be drawn, and they cost nothing.",
    ],
    ["ru", { blocked: 1, failed: 0 }, "Фильтр безопасности не пропустил 1 изображение: оно ничего не стоит."],
    ["ru", { blocked: 2, failed: 0 }, "Фильтр безопасности не пропустил 2 изображения: они ничего не стоят."],
    ["ru", { blocked: 0, failed: 1 }, "Не удалось нарисовать 1 изображение: оно ничего не стоит."],
    ["ru", { blocked: 0, failed: 5 }, "Не удалось нарисовать 5 изображений: они ничего не стоят."],
    [
      "ru",
      { blocked: 1, failed: 2 },
      "Фильтр безопасности не пропустил 1 изображение, ещё 2 нарисовать не удалось: они ничего не стоят.",
    ],
  ] as const)("of the pictures that are missing are one sentence, in %s: %j", (locale, lacking, sentence) => {
    const missing = { ...lacking, priced: true } as const;
    const [, ...rest] = words(locale, "pictures.done", { name: "Ada", pictures: 3, ...missing }).split("\n");
    expect(rest).toStrictEqual([sentence]);
    expect(words(locale, "picture.caption", missing).split("\n").slice(1)).toStrictEqual([sentence]);
    expect(words(locale, "picture.caption", lacking)).not.toMatch(/cost|сто[ия]/);
  });

  it.each([
    ["en", 1, "Price: 1 credit"],
    ["en", 1_200, "Price: 1,200 credits"],
    ["ru", 1, "Цена: 1 кредит"],
    ["ru", 3, "Цена: 3 кредита"],
    ["ru", 25, "Цена: 25 кредитов"],
  ] as const)("of a price are those of its number, in %s: %d", (locale, amount, said) => {
    const price = { amount, unit: "credits" };
    const given = { name: "Ada", shown: { scene: "№ 1" }, ratio: "4:5", count: 1, previous: false } as const;
    expect(words(locale, "order.prompt", { ...given, price })).toContain(said);
    expect(words(locale, "order.prompt", given)).not.toMatch(/Price|Цена/);
    expect(words(locale, "order.prompt", { ...given, price: { amount, unit: "⭐" } })).toContain("⭐");
  });

  it.each([
    ["en", /payments.* your Telegram ID\./, /number at Telegram/],
    ["ru", /платежи.* ваш ID в Telegram\./, /номер/],
    ["kk", /Telegram ID-іңіз/, /нөмір/],
  ] as const)("of what is stored do not sound like a telephone number, in %s", (locale, said, unsaid) => {
    const privacy = words(locale, "privacy", { about: {}, consent: { type: "elsewhere" } });
    expect(privacy).toMatch(said);
    expect(privacy).not.toMatch(unsaid);
  });

  it("of a payment agree with nothing that is not said, in Russian", () => {
    const payment = { at: testStart, stars: 50, chargeId: "st", asked: false } as const;
    const payments = (["refunded", "unassigned"] as const).map((state) => ({
      ...payment,
      credits: { amount: 0, unit: "credits" },
      state,
    }));
    const said = words("ru", "paysupport", { support: "@support", payments });
    expect(said).toContain("50 звёзд, возврат сделан\n");
    expect(said).toContain("50 звёзд, пока не разобрались, за что\n");
  });
});
