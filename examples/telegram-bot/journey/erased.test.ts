import { describe, expect, it } from "vitest";
import { buttonLike, press } from "./moves.ts";
import { engines, secretsOf } from "./remains.ts";
import { finishedOrders, searchedStage } from "./searched-stage.ts";

const [sqlite] = engines;
const places = [
  ...engines.map((engine) => ({ name: engine.name, engine, provider: "fal" as const })),
  { name: "SQLite, trained at Replicate", engine: sqlite, provider: "replicate" as const },
];

describe.each(places)("an avatar that was deleted in the chat, on $name", ({ engine, provider }) => {
  it("is in no file and no row any more, once the bot has done its work", { timeout: 600_000 }, async () => {
    const searched = await searchedStage(engine, { id: 51_731_997, provider });
    const { stage, person: zoe, rows, remains } = searched;
    const { bot, until } = stage;
    await until(async () => expect(await rows(finishedOrders)).toHaveLength(1));

    const secrets = await secretsOf(searched);
    for (const [what, found] of Object.entries(secrets)) expect(found.length, what).toBeGreaterThan(0);
    const found = (await remains(secrets)).join("\n");
    for (const what of Object.keys(secrets)) if (what !== "the person's name") expect(found).toContain(`${what} in `);

    zoe.says("/avatars");
    for (const button of ["v1:open", "v1:delete-ask", "v1:delete-yes"]) {
      await until(() => expect(buttonLike(zoe, button)).toBeDefined());
      press(zoe, button);
    }
    await until(async () => expect(await rows("select id from likeness_avatar")).toStrictEqual([]));
    await until(async () => expect(await rows(engine.jobs)).toStrictEqual([]));
    expect(await bot.stop()).toBe(0);
    expect(await remains(secrets)).toStrictEqual([]);
  });
});
