import { expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press } from "./moves.ts";
import { ask } from "./read-database.ts";
import { walk } from "./walk.ts";

const isDeletion = ({ method, url }: Request): boolean => method === "DELETE" && url.endsWith("/payloads");

it(
  "goes on erasing at fal after a kill between fal's answer and the end of the job, and again does no harm",
  { timeout: 600_000 },
  async () => {
    let answers = 0;
    const stage = await journeyStage({
      // fal has done what it was asked to; the first answer never comes.
      beforeAnswer: async (request) => {
        if (isDeletion(request) && ++answers === 1) await new Promise(() => undefined);
      },
    });
    const { ada, bot, database, fal, until } = stage;
    await bot.start();
    await walk(stage, ada, "orders the training", await drawPhotos(10));
    ada.says("/avatars");
    for (const button of ["v1:open", "v1:delete-ask", "v1:delete-yes"]) {
      await until(() => expect(buttonLike(ada, button)).toBeDefined());
      press(ada, button);
    }
    const left = () => ask(database, "select kind from likeness_job where kind = 'order.erase'");
    await until(() => expect(answers).toBe(1));
    await bot.kill();
    expect(left()).toHaveLength(1);
    await bot.start();
    await until(() => expect(left()).toStrictEqual([]));
    expect(answers).toBe(2);
    expect(bot.output()).not.toContain("keeps something of an erased order");
    const hidden = fal.requests.filter(
      ({ method, path }) => method === "PUT" && path.startsWith("/v1/storage/files/acl"),
    );
    expect(hidden.length).toBeGreaterThanOrEqual(1);
    expect(await bot.stop()).toBe(0);
  },
);
