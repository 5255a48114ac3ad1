import type { FalFakeBehaviour } from "@likeness/fal/testing";
import { valueOf } from "@likeness/testing";
import { err, ResultAsync } from "neverthrow";
import { describe, expect, it, type TestContext } from "vitest";
import { engines, type EngineName } from "../crash/engines/engines.ts";
import { namesOf, type KillPoint } from "../crash/kill-points.ts";
import type { DrivenPorts } from "../crash/host/driven-ports.ts";
import { draft } from "../crash/host/place-order.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { loseJobs } from "./lose-jobs.ts";
import { outage } from "./outage.ts";
import { openHostStage, owner, running, until } from "./host-stage.ts";

const storageFailure = err({ type: "storage-failure", cause: expect.anything() });

/** A stage whose database fails right after the upload or the paid request, until a transaction has failed. */
async function brokenAfter(moment: "prepare" | "submit", engine: EngineName, test: TestContext) {
  // Until fal has finished it, the list does not show it; long enough for a retry of the job.
  const stage = await openHostStage(test, { engine, behaviour: { trainingSeconds: 6, webhook: "lost" } });
  const trouble = outage(stage);
  let state: "well" | "away" | "noticed" = "well";
  const begin = async (): Promise<void> => {
    if (state !== "well") return;
    await trouble.begin();
    state = "away";
  };
  const after = <Value>(which: typeof moment, value: Value): ResultAsync<Value, never> =>
    ResultAsync.fromSafePromise(which === moment ? begin() : Promise.resolve()).map(() => value);
  const around = (ports: DrivenPorts): DrivenPorts => ({
    ...ports,
    store: {
      ...ports.store,
      atomically: (work) =>
        ports.store.atomically(work).orTee(() => void (state = state === "away" ? "noticed" : state)),
    },
    provider: {
      ...ports.provider,
      prepare: (order, archive) =>
        ports.provider.prepare(order, archive).andThen((prepared) => after("prepare", prepared)),
      submit: (submission) => ports.provider.submit(submission).andThen((request) => after("submit", request)),
    },
  });
  const host = await stage.host({ around });
  const { id } = await host.ordered();
  await until(() => state === "noticed");
  const postsMeanwhile = stage.paid.posts(id);
  await trouble.end();
  return { stage, id, postsMeanwhile };
}

describe.concurrent.each(namesOf(engines))("the database, %s,", { timeout: 400_000 }, (engine) => {
  it("D1: is down when a training is ordered: an error, nothing promised, nothing paid", async (test) => {
    const stage = await openHostStage(test, { engine });
    const host = await stage.host();
    const { likeness, store } = host;
    const { id: avatarId } = await draft(host, owner);
    const order = () => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "the same" });
    const trouble = outage(stage);
    await trouble.begin();
    expect(await order()).toStrictEqual(storageFailure);
    await trouble.end();
    expect(await valueOf(store.orders.listByAvatar(avatarId))).toStrictEqual([]);
    expect(stage.fal.requests).toStrictEqual([]);
    await valueOf(order());
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("D2: is down at the line: nothing is sent before the line is crossed on disk", async (test) => {
    const { stage, postsMeanwhile } = await brokenAfter("prepare", engine, test);
    expect(postsMeanwhile).toBe(0);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("D3: is down when fal's answer is to be noted: it is looked for, and not asked for again", async (test) => {
    const { stage, id, postsMeanwhile } = await brokenAfter("submit", engine, test);
    expect(postsMeanwhile).toBe(1);
    const { status } = await stage.watched.db
      .selectFrom("likeness_order")
      .select("status")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(status).not.toBe("requested");
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("D4: is down when a webhook comes: 503, and fal's next attempt is taken", async (test) => {
    const stage = await openHostStage(test, { engine });
    const { requestId } = await running(stage, await stage.host());
    const trouble = outage(stage);
    await trouble.begin();
    await stage.fal.control.finish(requestId);
    await trouble.end();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(stage.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([503, 200]);
  });

  it.for<[KillPoint, FalFakeBehaviour]>([
    ["P1", { webhook: "lost" }],
    ["P1c", { webhook: "lost" }],
    ["P3", { webhook: "lost" }],
    ["P4", { webhook: "lost" }],
    ["P5", {}],
    ["P8", {}],
  ])(
    "D9: loses every job when a process has died at %s: the sweeper finds what is to do",
    async ([killAt, behaviour], test) => {
      const stage = await openHostStage(test, { engine, behaviour });
      const first = stage.start({ killAt });
      await first.ready;
      await first.order({ kind: "training", owner, key: "the-order" });
      expect(await first.ended).toBe("SIGKILL");
      await loseJobs(stage);
      await stage.start().ready;
      expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    },
  );
});
