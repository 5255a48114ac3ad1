import { describe, expect, it } from "vitest";
import { expectHealed, ready } from "./expect-healed.ts";
import { openScene, shiftedClock, until } from "./scene.ts";

describe.concurrent("the clock", { timeout: 400_000 }, () => {
  it.for([600, -600])(
    "C1: is %i s off: webhooks are refused with an alarm, and polling finishes",
    async (off, test) => {
      const scene = await openScene(test);
      const clock = shiftedClock(off);
      const host = await scene.host({ clock });
      const { id } = await host.ordered();
      await until(async () => (await host.training(id)).state.status === "succeeded");
      await until(() => scene.fal.control.deliveries().length > 0);
      const answers = scene.fal.control.deliveries().map(({ answer }) => answer);
      expect(answers).toStrictEqual(answers.map(() => 401));
      expect(host.log.entries).toContainEqual({
        level: "warn",
        fields: { orderId: id, reason: "signature-stale" },
        message: "a webhook was refused",
      });
      // Then fal's next attempt is taken, which has nothing new to say.
      clock.shift(-off);
      expect((await expectHealed(scene)).orders).toMatchObject([ready]);
      expect(scene.fal.control.deliveries().at(-1)).toMatchObject({ answer: 200 });
    },
  );

  it("C2: jumps while a job is under way, so that another host runs it as well: one request, one outcome", async (test) => {
    const scene = await openScene(test);
    scene.fal.control.next({ submit: "hang-after-accepting", trainingSeconds: 3 });
    const first = await scene.host({ policy: { submitTimeoutSeconds: 10 } });
    const { id } = await first.ordered();
    await until(() => scene.paid.posts(id) === 1);
    // For it, the lease is over and the answer overdue, but no deadline has passed.
    await scene.host({ clock: shiftedClock(30) });
    await until(() =>
      first.log.entries.some(({ message }) => message === "a lease was lost" || message === "a job outlived its lease"),
    );
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);
  });

  it("C2: jumps back while a job is under way: one request, one outcome", async (test) => {
    const scene = await openScene(test);
    scene.fal.control.next({ trainingSeconds: 1 });
    const clock = shiftedClock();
    let posted = false;
    const host = await scene.host({
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
    expect((await expectHealed(scene)).orders).toMatchObject([ready]);
    expect(posted).toBe(true);
  });
});
