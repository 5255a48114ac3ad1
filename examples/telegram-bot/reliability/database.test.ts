import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { TrainingProvider } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { outage, type Outage } from "./outage.ts";
import { draft, expectHealed, openScene, owner, posts, until, type Scene } from "./scene.ts";

const storageFailure = err({ type: "storage-failure", cause: expect.anything() });

const now = "2026-11-23T00:00:00.000Z";
const aSettledDelivery = `insert into webhook_inbox
  (id, source, request_id, digest, training_id, headers, body, received_at, verified, outcome, settled_at)
  values (hex(randomblob(8)), 'example', hex(randomblob(8)), '', null, '{}', hex(randomblob(450)), '${now}', 1, 'applied', '${now}')`;

/** Calls back once, after the first upload or submit. */
const after =
  (moment: "upload" | "submit", happens: () => void) =>
  (provider: TrainingProvider): TrainingProvider => {
    let isOver = false;
    const once = (): void => {
      if (!isOver) happens();
      isOver = true;
    };
    return {
      ...provider,
      upload: (archive) => provider.upload(archive).andTee(() => moment === "upload" && once()),
      submit: (submission) => provider.submit(submission).andTee(() => moment === "submit" && once()),
    };
  };

/** A scene whose database is away from a moment on, until a job has failed of it. */
async function brokenAfter(moment: "upload" | "submit") {
  const scene = await openScene();
  let trouble: Outage | undefined;
  const host = await scene.host({ around: after(moment, () => trouble?.begin()) });
  trouble = outage(scene.folder);
  const { id } = await host.ordered();
  await until(() => host.log.entries.some(({ message }) => message === "jobs cannot be claimed"));
  const postsMeanwhile = posts(scene);
  trouble.end();
  return { scene, host, id, postsMeanwhile };
}

describe("the database", { timeout: 60_000 }, () => {
  it("D1: is down when a training is ordered: an error, nothing promised, nothing paid", async () => {
    const scene = await openScene();
    const { likeness, store } = await scene.host();
    const { id: avatarId } = await draft(likeness);
    const order = () => likeness.startTraining({ actor: owner, avatarId, idempotencyKey: "the same" });
    const trouble = outage(scene.folder);
    trouble.begin();
    expect(await order()).toStrictEqual(storageFailure);
    trouble.end();
    expect(await valueOf(store.trainings.listByAvatar(avatarId))).toStrictEqual([]);
    expect(posts(scene)).toBe(0);
    expect((await order()).isOk()).toBe(true);
  });

  it("D2: is down at the line: nothing is sent before the line is crossed on disk", async () => {
    const { scene, host, id, postsMeanwhile } = await brokenAfter("upload");
    expect(postsMeanwhile).toBe(0);
    await expectHealed(scene, host, id, "succeeded");
  });

  it("D3: is down when fal's answer is to be noted: it is looked for, and not asked for again", async () => {
    const { scene, host, id, postsMeanwhile } = await brokenAfter("submit");
    expect(postsMeanwhile).toBe(1);
    expect((await host.training(id)).state.status).not.toBe("requested");
    await expectHealed(scene, host, id, "succeeded");
  });

  it("D4: is down when a webhook comes: 503, and fal's next attempt is taken", async () => {
    const scene = await openScene();
    const host = await scene.host();
    scene.fal.control.next({ outcome: "never" });
    const { id } = await host.ordered();
    await until(async () => (await host.training(id)).state.status === "submitted");
    const trouble = outage(scene.folder);
    trouble.begin();
    await scene.fal.control.finish(scene.fal.control.accepted()[0]?.requestId ?? "");
    trouble.end();
    await expectHealed(scene, host, id, "succeeded");
    await until(() => scene.fal.control.deliveries().length === 2);
    expect(scene.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([503, 200]);
  });

  it("D7: is full: a start is refused before it is paid, a webhook is 503, and both go on when there is space", async () => {
    const scene = await openScene();
    const host = await scene.host();
    const { likeness, database } = host;
    const { id: avatarId } = await draft(likeness);
    // Not small enough for what is left of a page that is begun.
    const order = () => likeness.startTraining({ actor: owner, avatarId, idempotencyKey: "k".repeat(20_000) });
    const full = (): void => {
      database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);
      // Several refusals in a row: one alone may be about a page of an index.
      for (let refusals = 0; refusals < 20;)
        try {
          database.exec(aSettledDelivery);
          refusals = 0;
        } catch (error) {
          expect(error).toMatchObject({ code: "SQLITE_FULL" });
          refusals++;
        }
    };
    const space = () => database.pragma("max_page_count = 1000000");

    full();
    expect(await order()).toStrictEqual(storageFailure);
    expect(posts(scene)).toBe(0);
    space();
    scene.fal.control.next({ outcome: "never" });
    const { id } = await valueOf(order());
    await until(async () => (await host.training(id)).state.status === "submitted");

    full();
    await scene.fal.control.finish(scene.fal.control.accepted()[0]?.requestId ?? "");
    space();
    expect(scene.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([503]);
    await expectHealed(scene, host, id, "succeeded");
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it.each(["requested", "submitted", "succeeded"])(
    "D9: loses every job while a training is %s: the sweeper brings it to its end",
    async (status) => {
      const scene = await openScene();
      const host = await scene.host();
      const { id } = await host.ordered();
      await until(async () => ["succeeded", status].includes((await host.training(id)).state.status));
      host.database.exec("delete from job");
      await expectHealed(scene, host, id, "succeeded");
    },
  );

  it("D10: is yesterday's: a webhook of the time between is kept, with an alarm", async () => {
    const scene: Scene = await openScene();
    const today = await scene.host();
    const { id: avatarId } = await draft(today.likeness);
    today.database.exec(`vacuum into '${join(scene.folder, "backup.db")}'`);
    scene.fal.control.next({ outcome: "never" });
    const { id } = await valueOf(today.likeness.startTraining({ actor: owner, avatarId }));
    await until(async () => (await today.training(id)).state.status === "submitted");
    await today.close();

    copyFileSync(join(scene.folder, "backup.db"), join(scene.folder, "restored.db"));
    const { database, log } = await scene.host({ file: "restored.db" });
    await scene.fal.control.finish(scene.fal.control.accepted()[0]?.requestId ?? "");
    expect(scene.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([200]);
    const kept = () =>
      database.prepare("select training_id, outcome from webhook_inbox where outcome is not null").all();
    await until(() => kept().length > 0);
    expect(kept()).toStrictEqual([{ training_id: id, outcome: "unknown_training" }]);
    expect(log.entries.filter(({ level }) => level === "error").map(({ message }) => message)).toStrictEqual([
      "a webhook names a training that does not exist",
    ]);
  });
});
