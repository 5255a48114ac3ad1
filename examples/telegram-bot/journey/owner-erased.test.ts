import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { secretsIn } from "@likeness/lab/find-bytes.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { plantRemains } from "./plant-remains.ts";
import { engines, findRemains, secretsOf, type Secrets } from "./remains.ts";
import { walk } from "./walk.ts";

const id = 51_731_997;
const words = "on a pier of Marmara at dawn";

describe.each(engines)(
  "a person who deletes everything in the chat, on $name",
  ({ start, location, ask, jobs, tables }) => {
    it(
      "gets a zip before and a receipt after, and is in no file and no row any more",
      { timeout: 600_000 },
      async () => {
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
        const { bot, telegram, until, fal } = stage;
        const zoe = telegram.control.person(id, {
          firstName: "Zephyrine",
          lastName: "Quillfeather",
          username: "zephyrine_quill",
          languageCode: "en",
        });
        const rows = (question: string) => ask(url ?? stage.database, question);
        const photos = await drawPhotos(10, 40);
        await bot.start();
        await walk(stage, zoe, "orders the training", photos);
        await until(() => expect(buttonLike(zoe, "v1:make")).toBeDefined());
        press(zoe, "v1:make");
        await until(() => expect(buttonLike(zoe, "v1:words")).toBeDefined());
        press(zoe, "v1:words");
        await until(() => expect(said(zoe).join("\n")).toContain("What shall the picture"));
        zoe.says(words);
        await until(() => expect(buttonLike(zoe, "v1:draw")).toBeDefined());
        press(zoe, "v1:draw");
        const finished =
          "select 1 from likeness_order where outcome is not null and uncopied = 0 and next_check_at is null";
        await until(async () => expect(await rows(finished)).toHaveLength(2));

        const presses = async (button: string) => {
          await until(() => expect(buttonLike(zoe, button)).toBeDefined());
          press(zoe, button);
        };
        zoe.says("/privacy");
        await presses("v1:export");
        const documents = () => zoe.chat().filter(({ from, document }) => from === "bot" && document);
        await until(() => expect(documents().map(({ document }) => document?.name)).toStrictEqual(["likeness.zip"]));

        const searched = { stage, person: zoe, photos, rows };
        const planted = await plantRemains(location(url, stage.database), `telegram:${id}`);
        const secrets: Secrets = {
          ...planted,
          ...(await secretsOf(searched)),
          "the person's words": [words, "Marmara"],
          "the person's number": [String(id)],
        };
        const everywhere = () => findRemains(searched, secrets, { tables, temporary });
        const before = (await everywhere()).join("\n");
        for (const what of Object.keys(secrets))
          if (what !== "the person's name") expect(before).toContain(`${what} in `);

        await presses("v1:erase-ask");
        await presses("v1:erase-yes");
        // In the place of the question, above the zip.
        const receiptIn = () => /Your receipt: ([\da-f-]{36})/.exec(said(zoe).join("\n"))?.[1];
        await until(() => expect(receiptIn()).toBeDefined());
        const receipt = receiptIn();
        await until(async () =>
          expect(await rows("select id, status from likeness_erasure")).toStrictEqual([
            { id: receipt, status: "done" },
          ]),
        );
        await until(async () => expect(await rows(jobs)).toStrictEqual([]));
        expect(await rows("select left_behind from likeness_erasure")).toStrictEqual([{ left_behind: "[]" }]);
        const deleted = fal.requests.filter(({ method, path }) => method === "DELETE" && path.endsWith("/payloads"));
        expect(deleted.length).toBeGreaterThanOrEqual(2);
        expect(await bot.stop()).toBe(0);
        expect(await everywhere()).toStrictEqual([]);
        const { "the person's number": _logged, "a hash": _named, "an address at fal": _too, ...unlogged } = secrets;
        expect(secretsIn(Buffer.from(bot.output()), unlogged)).toStrictEqual([]);
      },
    );
  },
);
