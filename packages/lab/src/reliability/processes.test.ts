import { describe, expect, it } from "vitest";
import { chatOf } from "../crash/conductor/evidence.ts";
import { engines } from "../crash/engines/engines.ts";
import { namesOf } from "../crash/kill-points.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openScene, owner, until } from "./scene.ts";

describe.concurrent.each(namesOf(engines))("processes on %s", { timeout: 400_000 }, (engine) => {
  it("Z1: one that stood still over fal's answer, and goes on when another has finished its work, changes nothing", async (test) => {
    const scene = await openScene(test, { engine });
    const zombie = scene.start();
    await zombie.ready;
    const unsubscribe = scene.fal.control.subscribe((activity) => {
      if (activity.type !== "request" || activity.method !== "POST" || !activity.path.startsWith("/fal-ai/")) return;
      zombie.pause();
      unsubscribe();
    });
    await zombie.order({ kind: "training", owner, key: "the-order" });
    await until(() => scene.fal.control.accepted().length === 1);
    await scene.start().ready;
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);

    zombie.resume();
    // Once it has finished another job, it has also finished the one during which it was suspended.
    const another = "telegram:2";
    scene.telegram.control.person(chatOf(another)).says("/start");
    expect(await zombie.order({ kind: "training", owner: another, key: "the-order" })).toBe("ordered");
    const { orders } = await expectHealed({ ...scene, owners: [owner, another] });
    expect(orders).toMatchObject([ready, ready]);
  });
});
