import { describe, expect, it } from "vitest";
import { sayIn } from "./say.ts";
import type { TextParameters } from "./texts.ts";

const say = sayIn({});

type Given = Omit<TextParameters<"progress">[0], "name">;

/** The row that says how far it is, and the bar. */
const rows = (locale: string, given: Given): string[] => {
  const said = say(locale, "progress", { name: "Ada", ...given });
  const text = typeof said === "string" ? said : said.text;
  return text.split("\n").filter((_, index) => index === 1 || index > 2);
};

describe("the progress of a training", () => {
  it.each<[Given, string[], string[]]>([
    [
      { phase: "running", percent: 42, remaining: 6 },
      ["Training: 42%, about 6 min left", "▰▰▰▰▱▱▱▱▱▱"],
      ["Обучение: 42\u00a0%, осталось около 6 мин", "▰▰▰▰▱▱▱▱▱▱"],
    ],
    [
      { phase: "running", percent: 99.9, remaining: 0 },
      ["Training: 99%, less than a minute left", "▰▰▰▰▰▰▰▰▰▱"],
      ["Обучение: 99\u00a0%, осталось меньше минуты", "▰▰▰▰▰▰▰▰▰▱"],
    ],
    [
      { phase: "running", percent: 120, remaining: "overrun" },
      ["Training: 100%, taking longer than usual", "▰▰▰▰▰▰▰▰▰▰"],
      ["Обучение: 100\u00a0%, идёт дольше обычного", "▰▰▰▰▰▰▰▰▰▰"],
    ],
    [
      { phase: "running", percent: -1, remaining: -3 },
      ["Training: 0%, less than a minute left", "▱▱▱▱▱▱▱▱▱▱"],
      ["Обучение: 0\u00a0%, осталось меньше минуты", "▱▱▱▱▱▱▱▱▱▱"],
    ],
    [{ phase: "running", remaining: undefined }, ["Training"], ["Обучение"]],
    [
      { phase: "queued", position: 3, remaining: 12.4 },
      ["In the queue: 3 requests ahead, about 12 min left"],
      ["В очереди: впереди 3 запроса, осталось около 12 мин"],
    ],
    [
      { phase: "queued", position: 1, remaining: undefined },
      ["In the queue: 1 request ahead"],
      ["В очереди: впереди 1 запрос"],
    ],
    [
      { phase: "queued", position: 0, remaining: undefined },
      ["In the queue: next in line"],
      ["В очереди: впереди никого"],
    ],
    [{ phase: "queued", percent: 0, remaining: undefined }, ["In the queue"], ["В очереди"]],
    [
      { phase: "preparing", remaining: 12 },
      ["Preparing the photos, about 12 min left"],
      ["Готовлю фотографии, осталось около 12 мин"],
    ],
  ])("is told in words and numbers before the bar: %j", (given, english, russian) => {
    expect(rows("en", given)).toStrictEqual(english);
    expect(rows("ru", given)).toStrictEqual(russian);
  });
});
