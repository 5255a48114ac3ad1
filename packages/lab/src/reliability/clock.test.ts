import { describe, expect, it } from "vitest";
import { isIdle } from "../crash/invariants.ts";
import { observe } from "../crash/stage/observe.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openHostStage, shiftedClock, until } from "./host-stage.ts";

describe.concurrent("the clock", { timeout: 400_000 }, () => {
  it.for([600, -600])(
    "C1: is %i s off: webhooks are refused with an alarm, and polling finishes",
    async (off, test) => {
      const stage = await openHostStage(test);
      const clock = shiftedClock(off);
      const host = await stage.host({ clock });
      const { id } = await host.ordered();
      await until(async () => (await host.training(id)).state.status === "succeeded");
      await until(() => stage.fal.control.deliveries().length > 0);
      const answers = stage.fal.control.deliveries().map(({ answer }) => answer);
      expect(answers).toStrictEqual(answers.map(() => 401));
      expect(host.log.entries).toContainEqual({
        level: "warn",
        fields: { orderId: id, reason: "signature-stale" },
        message: "a webhook was refused",
      });
      // What is due is due by the wrong clock, so it is done before the clock is put right.
      await until(async () => isIdle(await observe(stage), { owners: stage.owners, doublesAllowed: 0 }));
      // Then fal's next attempt is taken, which has nothing new to say.
      clock.shift(-off);
      expect((await expectHealed(stage)).orders).toMatchObject([ready]);
      expect(stage.fal.control.deliveries().at(-1)).toMatchObject({ answer: 200 });
    },
  );

  it("C2: jumps while a job is under way, so that another host runs it as well: one request, one outcome", async (test) => {
    const stage = await openHostStage(test);
    stage.fal.control.next({ submit: "hang-after-accepting", trainingSeconds: 3 });
    const first = await stage.host({ policy: { submitTimeoutSeconds: 10 } });
    const { id } = await first.ordered();
    await until(() => stage.paid.posts(id) === 1);
    // For it, the lease is over and the answer overdue, but no deadline has passed.
    await stage.host({ clock: shiftedClock(30) });
    await until(() =>
      first.log.entries.some(({ message }) => message === "a lease was lost" || message === "a job outlived its lease"),
    );
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("C2: jumps back while a job is under way: one request, one outcome", async (test) => {
    const stage = await openHostStage(test);
    stage.fal.control.next({ trainingSeconds: 1 });
    const clock = shiftedClock();
    let posted = false;
    const host = await stage.host({
      clock,
      around: (ports) => ({
        ...ports,
        provider: {
          ...ports.provider,
          submit: (submission) => {
            if (!posted) clock.shift(-3);
            posted = true;
            return ports.provider.submit(submission);
          },
        },
      }),
    });
    await host.ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(posted).toBe(true);
  });
});
