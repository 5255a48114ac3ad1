import { addSeconds, systemClock, type Clock } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { expectHealed, openScene, posts, until } from "./scene.ts";

const ahead = (seconds: number): Clock => ({ ...systemClock, now: () => addSeconds(systemClock.now(), seconds) });

describe("the clock", { timeout: 60_000 }, () => {
  it.each([600, -600])("C1: is %i s off: webhooks are refused with an alarm, and polling finishes", async (seconds) => {
    const scene = await openScene();
    const host = await scene.host({ clock: ahead(seconds) });
    const { id } = await host.ordered();
    await expectHealed(scene, host, id, "succeeded");
    expect(scene.fal.control.deliveries()[0]).toMatchObject({ answer: 401 });
    expect(host.log.entries).toContainEqual({
      level: "warn",
      fields: { trainingId: id, reason: "signature-stale" },
      message: "a webhook was refused",
    });
  });

  it("C2: jumps while a job is under way, so that another host runs it as well: one request, one outcome", async () => {
    const scene = await openScene();
    scene.fal.control.next({ submit: "hang-after-accepting", trainingSeconds: 3 });
    const first = await scene.host({ submitTimeoutSeconds: 10 });
    const { id } = await first.ordered();
    await until(() => posts(scene) === 1);
    // For it, the lease is over and the answer overdue, but no deadline has passed.
    const second = await scene.host({ clock: ahead(10) });
    const taken = () =>
      first.log.entries.some(({ message }) => message === "a lease was lost" || message === "a job outlived its lease");
    await until(taken);
    await until(async () => (await second.training(id)).state.status === "succeeded");
    const told = () =>
      [...first.messages, ...second.messages].filter(({ content }) => content.template === "training-ready").length;
    await until(() => told() > 0);
    expect([posts(scene), told()]).toStrictEqual([1, 1]);
  });
});
