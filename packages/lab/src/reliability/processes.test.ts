import { describe, expect, it } from "vitest";
import { chatOf } from "../crash/host/chat-of.ts";
import { engines } from "../crash/engines/engines.ts";
import { namesOf } from "../crash/kill-points.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openHostStage, owner, until } from "./host-stage.ts";
import { asPressed, pressTogether } from "./press-together.ts";

describe.concurrent.each(namesOf(engines))("processes on %s", { timeout: 400_000 }, (engine) => {
  it("Z1: one that stood still over fal's answer, and goes on when another has finished its work, changes nothing", async (test) => {
    const stage = await openHostStage(test, { engine });
    const zombie = stage.start();
    await zombie.ready;
    const unsubscribe = stage.fal.control.subscribe((activity) => {
      if (activity.type !== "request" || activity.method !== "POST" || !activity.path.startsWith("/fal-ai/")) return;
      zombie.pause();
      unsubscribe();
    });
    await zombie.order({ kind: "training", owner, key: "the-order" });
    await until(() => stage.fal.control.accepted().length === 1);
    await stage.start().ready;
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);

    zombie.resume();
    // Once it has finished another job, it has also finished the one during which it was suspended.
    const another = "telegram:2";
    stage.telegram.control.person(chatOf(another)).says("/start");
    expect(await zombie.order({ kind: "training", owner: another, key: "the-order" })).toBe("ordered");
    const { orders } = await expectHealed({ ...stage, owners: [owner, another] });
    expect(orders).toMatchObject([ready, ready]);
  });

  it("Z2: two that get the presses of one person at once handle them one after the other, in their order", async (test) => {
    const { stored, shown, overlaps } = await pressTogether(test, engine);
    expect([stored, shown, overlaps]).toStrictEqual([asPressed, asPressed, 0]);
  });
});
