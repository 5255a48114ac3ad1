import { photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { chatStage, type ChatStage } from "../photos/__fixtures__/chat-stage.ts";
import { seen, wording } from "../photos/__fixtures__/seen.ts";
import type { Waiting } from "../../texts/texts.ts";
import { listedCommands } from "../commands/command-names.ts";
import type { Received } from "../received.ts";
import { hint } from "./hint.ts";

const album = (count: number) => Array.from({ length: count }, () => ({ bytes: photoBytes() }));

const hintIn = ({ ports }: ChatStage, received: Received, waiting: Waiting = "nothing") => ({
  said: wording(ports.say("en", "hint", { waiting, received })),
});

const albumHint = ({ ports }: ChatStage) => ({
  said: wording(ports.say("en", "hint", { waiting: "nothing", received: "photo", album: true })),
});

describe("hint", () => {
  it("says what came and what is expected, for each kind of message", async () => {
    const stage = await chatStage();
    await stage.collecting();
    stage.ada.sendsVoice();
    stage.ada.sendsSticker();
    stage.ada.sendsLocation();
    stage.ada.says("is this enough?");
    await stage.handle();
    const expected = (["voice", "sticker", "location", "text"] as const).map((kind) => hintIn(stage, kind, "photos"));
    expect(seen(stage)).toHaveLength(4);
    expect(seen(stage)).toStrictEqual(expect.arrayContaining(expected));
  });

  it("comes once for an album that two processes handle, however slowly it comes", async () => {
    const stage = await chatStage({ workers: 2 });
    stage.ada.sendsAlbum(album(10));
    await stage.handle(2);
    expect(seen(stage)).toStrictEqual([albumHint(stage)]);
    await stage.pass(60);
    await valueOf(
      hint(stage.ports, stage.person, {
        waiting: "nothing",
        received: "photo",
        group: stage.ada.chat().at(1)?.albumId,
      }),
    );
    expect(seen(stage)).toHaveLength(1);
  });

  it("comes once for several albums at once, also when they arrive in turns for longer", async () => {
    const stage = await chatStage();
    for (let second = 0; second < 12; second += 3) {
      for (const group of ["left", "right"])
        await valueOf(hint(stage.ports, stage.person, { waiting: "nothing", received: "photo", group }));
      await stage.pass(3);
    }
    expect(seen(stage)).toStrictEqual([albumHint(stage)]);
  });

  it("comes for everything that is sent after the last one, however soon", async () => {
    const stage = await chatStage();
    for (let times = 0; times < 3; times++) {
      stage.ada.says(times === 0 ? "/menu" : "/balance");
      await stage.handle();
      await stage.pass(1);
    }
    expect(seen(stage)).toStrictEqual(Array(3).fill(hintIn(stage, "command")));
  });

  it("leaves /help to its command, each time, which says what is waited for", async () => {
    const stage = await chatStage();
    const commands = listedCommands(stage.ports, "en").filter(({ command }) => command !== "help");
    const help = (waiting: Waiting) => ({ said: wording(stage.ports.say("en", "help", { waiting, commands })) });
    for (const text of ["/help", "/HELP@likeness_bot", "/help me"]) {
      stage.ada.says(text);
      await stage.handle();
    }
    expect(seen(stage)).toStrictEqual(Array(3).fill(help("nothing")));
    await stage.collecting();
    stage.ada.says("/help");
    await stage.handle();
    stage.ada.says("and now?");
    await stage.handle();
    expect(seen(stage).slice(3)).toStrictEqual([help("photos"), hintIn(stage, "text", "photos")]);
  });

  it("comes once for ten messages at once", async () => {
    const stage = await chatStage({ workers: 2 });
    for (let times = 0; times < 10; times++) stage.ada.sendsSticker();
    await stage.handle();
    expect(seen(stage)).toStrictEqual([hintIn(stage, "sticker")]);
  });

  it.each([
    [3, "enough-photos"],
    [5, "all-photos"],
  ] as const)("asks a person who has sent %i photos for no more", async (count, waiting) => {
    const stage = await chatStage();
    await stage.collecting();
    stage.ada.sendsAlbum(album(count));
    await stage.handle();
    await stage.pass(6);
    stage.ada.says("what now?");
    await stage.handle();
    expect(seen(stage).at(-1)).toStrictEqual(hintIn(stage, "text", waiting));
  });

  it("comes again for something else, and for something else that is expected", async () => {
    const stage = await chatStage();
    stage.ada.sendsSticker();
    await stage.handle();
    await stage.collecting();
    stage.ada.sendsSticker();
    await stage.handle();
    expect(seen(stage)).toStrictEqual([hintIn(stage, "sticker"), hintIn(stage, "sticker", "photos")]);
  });
});
