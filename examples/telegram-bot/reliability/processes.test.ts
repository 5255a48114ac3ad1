import { jobKinds } from "@likeness/core";
import type { FalFakeBehaviour } from "@likeness/fal/testing";
import { describe, expect, it, onTestFinished } from "vitest";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { chatOf } from "../../../.config/crash/conductor/evidence.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { openStage, type Stage } from "../../../.config/crash/conductor/stage.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { untilSettled } from "../../../.config/crash/conductor/until-settled.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { sqlite } from "../../../.config/crash/engines/sqlite.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { judge } from "../../../.config/crash/invariants.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { until } from "./scene.ts";

async function stageFor(owners: readonly string[], behaviour: FalFakeBehaviour = {}): Promise<Stage> {
  const stage = await openStage("sqlite", await sqlite.start(await temporaryFolder()));
  onTestFinished(stage.close);
  stage.fal.control.always({ queueSeconds: 0, trainingSeconds: 0.3, ...behaviour });
  for (const owner of owners) stage.telegram.control.person(chatOf(owner)).says("/start");
  return stage;
}

const endless = new AbortController().signal;

async function expectHealed(stage: Stage, owners: readonly string[], doublesAllowed = 0) {
  const expected = { owners, doublesAllowed };
  const verdict = judge(await untilSettled(stage, expected, { seconds: 40, signal: endless }), expected);
  expect(verdict.broken, stage.written()).toStrictEqual([]);
  return verdict;
}

describe("processes", { timeout: 60_000 }, () => {
  it("Z1: one that stood still over fal's answer, and goes on when another has finished its work, changes nothing", async () => {
    const owners = ["telegram:1"];
    const stage = await stageFor(owners);
    const zombie = stage.start();
    await zombie.ready;
    stage.fal.control.subscribe((activity) => {
      if (activity.type === "request" && activity.method === "POST" && activity.path.startsWith("/fal-ai/"))
        zombie.pause();
    });
    await zombie.order({ owner: "telegram:1", key: "the-order" });
    await until(() => stage.fal.control.accepted().length === 1);
    await stage.start().ready;
    await expectHealed(stage, owners);

    zombie.resume();
    const late = new RegExp(`(a lease was lost|a job outlived its lease).*${jobKinds.submitTraining}`);
    await until(() => late.test(stage.written()));
    const verdict = await expectHealed(stage, owners);
    expect(verdict).toMatchObject({ trainings: 1, doubleSubmits: 0, doubledMessages: 0 });
  });

  it("T1, T2, T3, T4: tell everybody whom Telegram lets them tell, and double only what it took and did not confirm", async () => {
    const faults = {
      "telegram:1": { answer: { error_code: 429, retry_after: 1 } },
      "telegram:3": { answer: "drop", times: 2 },
      "telegram:4": { answer: "apply-then-drop" },
    } as const;
    const owners = ["telegram:1", "telegram:2", "telegram:3", "telegram:4"];
    const stage = await stageFor(owners);
    for (const [owner, fault] of Object.entries(faults))
      stage.telegram.control.fault({ method: "sendMessage", chatId: chatOf(owner), ...fault });
    stage.telegram.control.person(2).blocks();

    const subject = stage.start();
    await subject.ready;
    await Promise.all(owners.map((owner) => subject.order({ owner, key: "the-order" })));
    const rows = () => stage.watched.db.selectFrom("notification").select(["owner_id", "status", "attempts"]).execute();
    await until(async () => {
      const statuses = (await rows()).map(({ status }) => status);
      return statuses.length === 4 && statuses.every((status) => status === "sent" || status === "undeliverable");
    });
    const told = (owner: string) =>
      stage.telegram.control
        .person(chatOf(owner))
        .chat()
        .filter(({ text }) => text === "training-ready").length;
    expect(
      (await rows())
        .toSorted((left, right) => left.owner_id.localeCompare(right.owner_id))
        .map(({ owner_id, status, attempts }) => [owner_id, status, attempts, told(owner_id)]),
    ).toStrictEqual([
      ["telegram:1", "sent", 1, 1],
      ["telegram:2", "undeliverable", 1, 0],
      ["telegram:3", "sent", 3, 1],
      ["telegram:4", "sent", 2, 2],
    ]);
  });
});
