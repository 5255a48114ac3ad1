import { expect, it } from "vitest";
import { botStage, newest } from "../__fixtures__/bot-stage.ts";
import { english, words } from "../__fixtures__/words.ts";

it("speaks Telegram's language until another one is chosen", async () => {
  const stage = await botStage({ languageCode: "ru" });
  await stage.says("/start");
  expect(newest(stage).text).toBe(words("ru", "kind.prompt"));
  expect((await stage.conversation()).locale).toBe("ru");
  expect(await stage.presses(english("button.language"))).toBeUndefined();
  expect(stage.bot().map(({ text }) => text)).toStrictEqual([english("welcome"), english("kind.prompt")]);
  await stage.presses(english("button.portrait"));
  expect(newest(stage).text).toBe(english("gender.prompt", { kind: "portrait" }));
});

it("speaks English where the person's language has no texts", async () => {
  const stage = await botStage({ languageCode: "tlh" });
  await stage.says("/start");
  expect(newest(stage).text).toBe(english("kind.prompt"));
});

it("offers a language of the host's that has a label", async () => {
  const stage = await botStage({ texts: { eo: { "button.language": () => "Paroli Esperanton" }, de: {} } });
  await stage.says("/start");
  expect(newest(stage).buttons?.at(-1)).toStrictEqual([
    words("ru", "button.language"),
    words("kk", "button.language"),
    "Paroli Esperanton",
  ]);
  await stage.presses("Paroli Esperanton");
  expect((await stage.conversation()).locale).toBe("eo");
});
