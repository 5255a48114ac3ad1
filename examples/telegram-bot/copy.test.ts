import type { Model, TrainingState } from "@likeness/core";
import { aModel, testStart, valueOf } from "@likeness/testing";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { describe, expect, it } from "vitest";
import { ada, done, misused, openDatabase, operatorCommand, refused, sqlite } from "./__fixtures__/operator.ts";
import { drawPhotos } from "./journey/draw-photo.ts";
import { journeyStage } from "./journey/journey-stage.ts";
import { walk } from "./journey/walk.ts";

const copy = operatorCommand("copy");
const newDatabase = testDatabases();

const hint = "npm run copy -- <training id> tries one again. Shown are the newest, 100 at most.\n";

const { weights, config = weights } = aModel();
const stored = "a".repeat(64);

const late = (lateOutcome: Model): TrainingState => ({
  status: "failed",
  reason: "provider_timeout",
  finishedAt: testStart,
  lateOutcome,
});

describe("npm run copy", { timeout: 400_000 }, () => {
  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", newDatabase],
  ])("lists models that are not copied and has one copied, once, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { store, trained } = await openDatabase(url);
    expect(await copy(url)).toStrictEqual(done("All models are copied.\n"));
    const { id } = await trained(
      late({ weights: { ...weights, givenUp: true }, config: { ...config, givenUp: true } }),
    );
    const line = (fate: string) => `${id}  ${testStart}  failed, ${fate}  "Ada" of ${ada}\n${hint}`;
    expect(await copy(url)).toStrictEqual(done(line("weights and configuration given up")));

    const begun = await copy(url, [id], { COPY_DEADLINE_SECONDS: "1000000" });
    const { deadlineAt, nextCheckAt, state } = (await valueOf(store.orders.find(id))) ?? {};
    expect(begun).toStrictEqual(
      done(`Begun: the bot copies the model of training ${id}, and tries until ${deadlineAt}.\n`),
    );
    expect(Date.parse(deadlineAt ?? "") - Date.parse(nextCheckAt ?? "")).toBe(1_000_000_000);
    expect(state).toStrictEqual(late({ weights, config }));
    expect(await copy(url)).toStrictEqual(done(line("weights and configuration is being copied")));
    expect(await copy(url, [id])).toStrictEqual(
      done(`Under way: the bot copies the model of training ${id} anyway; it looks at it again by ${nextCheckAt}.\n`),
    );
  });

  it("says why there is nothing to copy", async () => {
    const url = await sqlite();
    const { trained } = await openDatabase(url);
    const { id: copied } = await trained(late({ weights: { ...weights, blobKey: stored } }));
    const { id: empty } = await trained({ status: "failed", reason: "provider_timeout", finishedAt: testStart });
    expect(await copy(url, [copied])).toStrictEqual(
      done(`Nothing to do: the model of training ${copied} is copied.\n`),
    );
    expect(await copy(url, [empty])).toStrictEqual(
      refused(`Nothing to copy: training ${empty} is failed and has no model.\n`),
    );
    expect(await copy(url, ["nothing"])).toStrictEqual(
      refused("There is no training nothing. It may have been erased with its avatar.\n"),
    );
    expect(await copy(url, ["one", "two"])).toStrictEqual(
      misused("usage: npm run copy -- <training id>, or without an id for a list\n"),
    );
  });

  it("F8: refuses the model's files, for long: its log names the training, and a command has it copied", async () => {
    const stage = await journeyStage({ environment: { COPY_DEADLINE_SECONDS: "1" } });
    const { bot, fal, ada: person, until, database } = stage;
    await bot.start();
    // Two files, tried at the end and at the deadline.
    fal.control.fault("files", { status: 403 }, 4);
    await walk(stage, person, "orders the training", await drawPhotos(10));
    const hinted = /"copy":"npm run copy -- ([\w-]+)"/;
    await until(() => expect(bot.output()).toMatch(hinted));
    const [, id = ""] = hinted.exec(bot.output()) ?? [];
    const url = `sqlite:${database}`;
    expect((await copy(url)).output).toContain(id);

    expect((await copy(url, [id])).exitCode).toBe(0);
    await until(async () => expect((await copy(url)).output).toBe("All models are copied.\n"));
    expect(await bot.stop()).toBe(0);
  });
});
