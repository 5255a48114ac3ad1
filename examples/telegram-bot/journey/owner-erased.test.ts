import { describe, expect, it } from "vitest";
import { secretsIn } from "@likeness/lab/find-bytes.ts";
import { buttonLike, press, said } from "./moves.ts";
import { plantRemains } from "./plant-remains.ts";
import { engines, secretsOf, type Secrets } from "./remains.ts";
import { finishedOrders, searchedStage } from "./searched-stage.ts";

const id = 51_731_997;
const words = "on a pier of Marmara at dawn";

describe.each(engines)("a person who deletes everything in the chat, on $name", (engine) => {
  it("gets a zip before and a receipt after, and is in no file and no row any more", { timeout: 600_000 }, async () => {
    const searched = await searchedStage(engine, { id });
    const { stage, person: zoe, rows, remains, url } = searched;
    const { bot, until, fal } = stage;
    const presses = async (button: string) => {
      await until(() => expect(buttonLike(zoe, button)).toBeDefined());
      press(zoe, button);
    };
    await presses("v1:make");
    await presses("v1:words");
    await until(() => expect(said(zoe).join("\n")).toContain("What shall the picture"));
    zoe.says(words);
    await presses("v1:draw");
    await until(async () => expect(await rows(finishedOrders)).toHaveLength(2));

    zoe.says("/privacy");
    await presses("v1:export");
    const documents = () => zoe.chat().filter(({ from, document }) => from === "bot" && document);
    await until(() => expect(documents().map(({ document }) => document?.name)).toStrictEqual(["likeness.zip"]));

    const planted = await plantRemains(engine.location(url, stage.database), `telegram:${id}`);
    const secrets: Secrets = {
      ...planted,
      ...(await secretsOf(searched)),
      "the person's words": [words, "Marmara"],
      "the person's number": [String(id)],
    };
    const before = (await remains(secrets)).join("\n");
    for (const what of Object.keys(secrets)) if (what !== "the person's name") expect(before).toContain(`${what} in `);

    await presses("v1:erase-ask");
    await presses("v1:erase-yes");
    // In the place of the question, above the zip.
    const receiptIn = () => /Your receipt: ([\da-f-]{36})/.exec(said(zoe).join("\n"))?.[1];
    await until(() => expect(receiptIn()).toBeDefined());
    const receipt = receiptIn();
    await until(async () =>
      expect(await rows("select id, status from likeness_erasure")).toStrictEqual([{ id: receipt, status: "done" }]),
    );
    await until(async () => expect(await rows(engine.jobs)).toStrictEqual([]));
    expect(await rows("select left_behind from likeness_erasure")).toStrictEqual([{ left_behind: "[]" }]);
    const deleted = fal.requests.filter(({ method, path }) => method === "DELETE" && path.endsWith("/payloads"));
    expect(deleted.length).toBeGreaterThanOrEqual(2);
    expect(await bot.stop()).toBe(0);
    expect(await remains(secrets)).toStrictEqual([]);
    const {
      "the person's number": _logged,
      "a hash": _named,
      "an address at the provider": _too,
      ...unlogged
    } = secrets;
    expect(secretsIn(Buffer.from(bot.output()), unlogged)).toStrictEqual([]);
  });
});
