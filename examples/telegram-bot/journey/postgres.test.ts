import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { press, said } from "./moves.ts";
import { askPostgres } from "./read-database.ts";
import { walk } from "./walk.ts";

it("is the same bot on PostgreSQL, killed and with its database restarted", { timeout: 600_000 }, async () => {
  const server = await startPostgres({ durable: true });
  onTestFinished(() => server.stop());
  const stage = await journeyStage({ mode: "webhook", trainingSeconds: 3, environment: { DATABASE_URL: server.url } });
  const { ada, bot, orders, until } = stage;
  await bot.start();
  await walk(stage, ada, "continues", await drawPhotos(10));
  press(ada, "v1:train-balanced");
  await until(() => expect(orders()).toBe(1));
  await bot.kill();
  await bot.start();
  await server.restart();
  await wait(500);
  await bot.kill();
  await bot.start();
  const announced = () => said(ada).filter((words) => /is ready\./i.test(words));
  await until(() => expect(announced()).toHaveLength(1));
  expect(orders()).toBe(1);
  expect(await bot.stop()).toBe(0);

  const counted = await askPostgres(
    server.url,
    "select (select count(*) from likeness_avatar) as avatars, (select count(*) from likeness_photo) as photos, (select count(*) from likeness_order) as trainings",
  );
  expect(counted).toStrictEqual([{ avatars: "1", photos: "10", trainings: "1" }]);
});
