import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press } from "./moves.ts";
import { engines, findRemains, secretsOf } from "./remains.ts";
import { walk } from "./walk.ts";

describe.each(engines)(
  "an avatar that was deleted in the chat, on $name",
  ({ start, ask: askEngine, jobs, tables }) => {
    it("is in no file and no row any more, once the bot has done its work", { timeout: 600_000 }, async () => {
      const temporary = await mkdtemp(join(tmpdir(), "likeness-erased-"));
      onTestFinished(() => rm(temporary, { recursive: true }));
      const url = await start();
      const environment = {
        TMPDIR: temporary,
        GUARD_SECONDS: "1",
        COPY_WAIT_SECONDS: "5",
        ...(url !== undefined && { DATABASE_URL: url }),
      };
      const stage = await journeyStage({ mode: "webhook", environment });
      const { bot, telegram, until } = stage;
      const database = url ?? stage.database;
      const zoe = telegram.control.person(51_731_997, {
        firstName: "Zephyrine",
        lastName: "Quillfeather",
        username: "zephyrine_quill",
        languageCode: "en",
      });
      const rows = (question: string) => askEngine(database, question);
      const photos = await drawPhotos(10, 40);
      await bot.start();
      await walk(stage, zoe, "orders the training", photos);
      const copied =
        "select 1 from likeness_order where outcome is not null and uncopied = 0 and next_check_at is null";
      await until(async () => expect(await rows(copied)).toHaveLength(1));

      const searched = { stage, person: zoe, photos, rows };
      const secrets = await secretsOf(searched);
      for (const [what, found] of Object.entries(secrets)) expect(found.length, what).toBeGreaterThan(0);
      const everywhere = () => findRemains(searched, secrets, { tables, temporary });
      const found = (await everywhere()).join("\n");
      for (const what of Object.keys(secrets)) if (what !== "the person's name") expect(found).toContain(`${what} in `);

      zoe.says("/avatars");
      await until(() => expect(buttonLike(zoe, "v1:open")).toBeDefined());
      press(zoe, "v1:open");
      await until(() => expect(buttonLike(zoe, "v1:delete-ask")).toBeDefined());
      press(zoe, "v1:delete-ask");
      await until(() => expect(buttonLike(zoe, "v1:delete-yes")).toBeDefined());
      press(zoe, "v1:delete-yes");
      await until(async () => expect(await rows("select id from likeness_avatar")).toStrictEqual([]));
      await until(async () => expect(await rows(jobs)).toStrictEqual([]));
      expect(await bot.stop()).toBe(0);
      expect(await everywhere()).toStrictEqual([]);
    });
  },
);
