import { secondsBetween } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { expectHealed, ready } from "./expect-healed.ts";
import { openHostStage, owner, shiftedClock, until, untilIdle, type HostStage } from "./host-stage.ts";

/** The calls that tell an outcome. */
const sends = ({ telegram }: HostStage) => telegram.control.calls.filter(({ method }) => method === "sendMessage");

const outbox = ({ watched }: HostStage) =>
  watched.db.selectFrom("likeness_notification").select(["status", "attempts"]).execute();

describe.concurrent("Telegram", { timeout: 400_000 }, () => {
  it("T1: says 429: the message is sent when it asks for it, once, and no attempt is used", async (test) => {
    const stage = await openHostStage(test);
    stage.telegram.control.fault({ method: "sendMessage", answer: { error_code: 429, retry_after: 3 } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    const [refused, taken, ...more] = sends(stage);
    expect([refused?.answer, taken?.answer, more]).toMatchObject([{ error_code: 429 }, { ok: true }, []]);
    expect(secondsBetween(refused?.at ?? "", taken?.at ?? "")).toBeGreaterThanOrEqual(3);
    expect(await outbox(stage)).toStrictEqual([{ status: "sent", attempts: 1 }]);
  });

  it("T2: is blocked by the owner: no second try, and one when they are back", async (test) => {
    const stage = await openHostStage(test);
    const clock = shiftedClock();
    const host = await stage.host({ clock });
    const person = stage.telegram.control.person(1);
    person.blocks();
    await host.ordered();
    await until(async () => (await outbox(stage))[0]?.status === "undeliverable");
    await untilIdle(stage);
    clock.shift(3_600);
    // Messages that are due now are sent before the resent one.
    expect(await outbox(stage)).toStrictEqual([{ status: "undeliverable", attempts: 1 }]);
    expect(sends(stage)).toHaveLength(1);

    person.unblocks();
    expect(await valueOf(host.likeness.messages.resendMissed({ actor: owner }))).toStrictEqual({ resent: 1 });
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(sends(stage)).toHaveLength(2);
  });

  it("T3: is down for an hour: the message is sent afterwards, once", async (test) => {
    const stage = await openHostStage(test);
    const clock = shiftedClock();
    stage.telegram.control.fault({ method: "sendMessage", answer: "drop", untilCleared: true });
    await (await stage.host({ clock })).ordered();
    // On a busy machine there may be more than one attempt between two looks.
    const triedAfter = async (before: number): Promise<number> => {
      let tried = before;
      await until(async () => {
        const [message] = await outbox(stage);
        if (message?.status === "pending") tried = message.attempts;
        return tried > before;
      });
      return tried;
    };
    for (let tried = 0; tried < 6;) {
      tried = await triedAfter(tried);
      await untilIdle(stage);
      clock.shift(600);
    }
    stage.telegram.control.clearFaults();
    await until(async () => (await outbox(stage))[0]?.status === "sent");
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("T4: has taken the message, but its OK is lost: it is sent once more", async (test) => {
    const stage = await openHostStage(test);
    stage.telegram.control.fault({ method: "sendMessage", answer: "apply-then-drop" });
    await (await stage.host()).ordered();
    const { orders } = await expectHealed(stage, { doublesAllowed: 1 });
    expect(orders).toMatchObject([
      { ...ready, messages: [{ template: "training-ready", status: "sent", arrived: 2 }] },
    ]);
    expect(await outbox(stage)).toStrictEqual([{ status: "sent", attempts: 2 }]);
  });
});
