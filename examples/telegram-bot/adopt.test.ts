import { systemClock, type TrainingState } from "@likeness/core";
import { aModel, aTraining, testStart, valueOf } from "@likeness/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import {
  ada,
  done,
  misused,
  openDatabase,
  operatorCommand,
  operatorProgram,
  refused,
  sqlite,
  noDatabase,
} from "./__fixtures__/operator.ts";
import { journeyStage } from "./journey/journey-stage.ts";
import { said } from "./journey/moves.ts";

const adopt = operatorCommand("adopt");
const adoptProgram = operatorProgram("adopt");
const newDatabase = testDatabases();

const copy = { url: "https://files.example/weights", blobKey: "a".repeat(64) };
const lateOutcome = aModel({ weights: copy, config: undefined });
const timedOut: TrainingState = { status: "failed", reason: "provider_timeout", finishedAt: testStart, lateOutcome };

/** The bot is ready only on a server that waits for its disk; that of the tests does not. */
async function durablePostgres(): Promise<string> {
  const server = await startPostgres({ durable: true });
  onTestFinished(() => server.stop());
  return server.url;
}

describe("npm run adopt", { timeout: 400_000 }, () => {
  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", newDatabase],
  ])("lists late results, adopts one, and says so when asked again, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { store, trained } = await openDatabase(url);
    expect(await adopt(url)).toStrictEqual(done("There are no late results.\n"));
    const { id, avatarId } = await trained(timedOut);
    const hint = "npm run adopt -- <training id> makes its avatar ready. Shown are the newest, 100 at most.\n";
    const why = `${id}  ${testStart}  failed (provider_timeout)`;
    expect(await adopt(url)).toStrictEqual(done(`${why}  "Ada" of ${ada}\n${hint}`));

    const result = `avatar "Ada" of ${ada} is ready with the result of training ${id}`;
    expect(await adopt(url, [id])).toStrictEqual(done(`Adopted: ${result}. The bot tells its owner.\n`));
    expect(await valueOf(store.avatars.find(avatarId))).toMatchObject({ state: { status: "ready", trainingId: id } });
    expect(await adopt(url, [id])).toStrictEqual(done(`Adopted before: ${result} already.\n`));
    expect(await adopt(url)).toStrictEqual(done(`${why}, adopted  "Ada" of ${ada}\n${hint}`));
  });

  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", durablePostgres],
  ])("has the running bot tell the owner, once, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { bot, ada: person, until } = await journeyStage({ environment: { DATABASE_URL: url, OPERATORS: "4242" } });
    person.says("/start");
    await bot.start();
    await until(() => expect(said(person)).not.toStrictEqual([]));
    const { store, trained } = await openDatabase(url);
    const { id } = await trained(timedOut);
    const [one, other] = await Promise.all([adoptProgram(url, [id]), adoptProgram(url, [id])]);
    expect([one.exitCode, other.exitCode]).toStrictEqual([0, 0]);
    const announced = () => said(person).filter((words) => /is ready\./i.test(words));
    await until(() => expect(announced()).toHaveLength(1));
    await until(async () =>
      expect(await valueOf(store.outbox.findByDedupeKey(`${id}:training-ready`))).toMatchObject({
        state: { status: "sent" },
      }),
    );
    person.says("/operator");
    await until(() => expect(said(person)).toContain("All is well."));
    expect(await bot.stop()).toBe(0);
    expect(announced()).toHaveLength(1);
  });

  it("tells of a late result whose model was not copied", async () => {
    const url = await sqlite();
    const { trained } = await openDatabase(url);
    const { id } = await trained({ ...timedOut, lateOutcome: aModel({ config: undefined }) });
    const { output } = await adopt(url);
    expect(output.split("\n")[0]).toBe(
      `${id}  ${testStart}  failed (provider_timeout), its model was not copied  "Ada" of ${ada}`,
    );
    expect(await adopt(url, [id])).toStrictEqual(
      refused(`Nothing to adopt: training ${id} is failed and has no late result.\n`),
    );
  });

  it("says why there is nothing to adopt", async () => {
    const url = await sqlite();
    const { store, trained } = await openDatabase(url);
    const { id: plain } = await trained({ ...timedOut, lateOutcome: undefined });
    const late = await trained(timedOut);
    const avatar = await valueOf(store.avatars.find(late.avatarId));
    if (!avatar) throw new Error("it was saved");
    const next = await valueOf(
      store.orders.save(aTraining("submitted", { ownerId: ada, avatarId: avatar.id, createdAt: systemClock.now() })),
    );
    const training = await valueOf(
      store.avatars.save({ ...avatar, state: { status: "training", trainingId: next.id } }),
    );
    expect(await adopt(url, ["nothing"])).toStrictEqual(
      refused("There is no training nothing. It may have been erased with its avatar.\n"),
    );
    expect(await adopt(url, [plain])).toStrictEqual(
      refused(`Nothing to adopt: training ${plain} is failed and has no late result.\n`),
    );
    expect(await adopt(url, [late.id])).toStrictEqual(
      refused(`Not adopted: the avatar is being trained again, by training ${next.id}. If that fails, try again.\n`),
    );
    await valueOf(store.avatars.save({ ...training, state: { status: "ready", trainingId: next.id } }));
    expect(await adopt(url, [late.id])).toStrictEqual(
      refused(`Not adopted: the avatar is ready with the result of a later training, ${next.id}.\n`),
    );
  });

  it("opens nothing that is not there, and shows no password", async () => {
    const url = await sqlite();
    expect(await adopt(url)).toStrictEqual(refused(noDatabase(url)));
    const { exitCode, errors } = await adopt("postgres://likeness:a-secret-word@127.0.0.1:9/likeness");
    expect([exitCode, errors]).toStrictEqual([
      1,
      "DATABASE_URL names a database that cannot be used: connect ECONNREFUSED 127.0.0.1:9\n",
    ]);
    expect(await adopt("mysql://somewhere")).toStrictEqual(
      refused("DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>\n"),
    );
    expect(await adopt(url, ["one", "two"])).toStrictEqual(
      misused("usage: npm run adopt -- <training id>, or without an id for a list\n"),
    );
  });
});
