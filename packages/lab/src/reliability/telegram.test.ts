import { isDeepStrictEqual } from "node:util";
import { secondsBetween } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { expectHealed, ready } from "./expect-healed.ts";
import { openScene, owner, shiftedClock, until, untilIdle, type Scene } from "./scene.ts";

/** The calls that tell an outcome. */
const sends = ({ telegram }: Scene) => telegram.control.calls.filter(({ method }) => method === "sendMessage");

const outbox = ({ watched }: Scene) =>
  watched.db.selectFrom("likeness_notification").select(["status", "attempts"]).execute();

describe.concurrent("Telegram", { timeout: 400_000 }, () => {
  it("T1: says 429: the message is sent when it asks for it, once, and no attempt is used", async (test) => {
    const scene = await openScene(test);
    scene.telegram.control.fault({ method: "sendMessage", answer: { error_code: 429, retry_after: 3 } });
    await (await scene.host()).ordered();
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);
    const [refused, taken, ...more] = sends(scene);
    expect([refused?.answer, taken?.answer, more]).toMatchObject([{ error_code: 429 }, { ok: true }, []]);
    expect(secondsBetween(refused?.at ?? "", taken?.at ?? "")).toBeGreaterThanOrEqual(3);
    expect(await outbox(scene)).toStrictEqual([{ status: "sent", attempts: 1 }]);
  });

  it("T2: is blocked by the owner: no second try, and one when they are back", async (test) => {
    const scene = await openScene(test);
    const clock = shiftedClock();
    const host = await scene.host({ clock });
    const person = scene.telegram.control.person(1);
    person.blocks();
    await host.ordered();
    await until(async () => (await outbox(scene))[0]?.status === "undeliverable");
    await untilIdle(scene);
    clock.shift(3_600);
    // Messages that are due now are sent before the resent one.
    expect(await outbox(scene)).toStrictEqual([{ status: "undeliverable", attempts: 1 }]);
    expect(sends(scene)).toHaveLength(1);

    person.unblocks();
    expect(await valueOf(host.likeness.messages.resendMissed({ actor: owner }))).toStrictEqual({ resent: 1 });
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);
    expect(sends(scene)).toHaveLength(2);
  });

  it("T3: is down for an hour: the message is sent afterwards, once", async (test) => {
    const scene = await openScene(test);
    const clock = shiftedClock();
    scene.telegram.control.fault({ method: "sendMessage", answer: "drop", untilCleared: true });
    await (await scene.host({ clock })).ordered();
    for (let attempts = 1; attempts <= 6; attempts++) {
      await until(async () => isDeepStrictEqual(await outbox(scene), [{ status: "pending", attempts }]));
      await untilIdle(scene);
      clock.shift(600);
    }
    scene.telegram.control.clearFaults();
    await until(async () => (await outbox(scene))[0]?.status === "sent");
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);
  });

  it("T4: has taken the message, but its OK is lost: it is sent once more", async (test) => {
    const scene = await openScene(test);
    scene.telegram.control.fault({ method: "sendMessage", answer: "apply-then-drop" });
    await (await scene.host()).ordered();
    const { orders } = await expectHealed(scene, { doublesAllowed: 1 });
    expect(orders).toMatchObject([
      { ...ready, messages: [{ template: "training-ready", status: "sent", arrived: 2 }] },
    ]);
    expect(await outbox(scene)).toStrictEqual([{ status: "sent", attempts: 2 }]);
  });
});
