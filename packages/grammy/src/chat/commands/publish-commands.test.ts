import { expect, it } from "vitest";
import { botStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";

it("registers the commands for private chats, in every language", async () => {
  const stage = await botStage({ texts: { eo: { "command.start": () => "Komenci" }, "pt-BR": {} } });
  expect((await stage.avatars.commands()).isOk()).toBe(true);
  const calls = stage.fake.control.calls.filter(({ method }) => method === "setMyCommands");
  expect(calls.map(({ payload }) => [payload.scope, payload.language_code])).toStrictEqual(
    [undefined, "en", "ru", "eo"].map((code) => [{ type: "all_private_chats" }, code]),
  );
  expect(stage.ada.commands()).toStrictEqual([
    { command: "start", description: english("command.start") },
    { command: "avatars", description: english("command.avatars") },
    { command: "cancel", description: english("command.cancel") },
  ]);
});
