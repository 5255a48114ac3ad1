import type { AvatarStatus } from "@likeness/core";
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
    ["ru", { photos: true, models: false }, "Удалить аватар Ada вместе с фотографиями? ", " вместе с фотографиями."],
    ["ru", { photos: false, models: false }, "Удалить аватар Ada? ", "Аватар Ada удалён."],
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
});
