import { createLikeness, type Alarm, type Alarms, type Likeness, type LikenessPorts } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aNotification } from "../fixtures/notification.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, owner, type CreateStorage, type Stage } from "./stage.ts";

/** A channel that notes what it was told; while it is down, it notes nothing. */
function channel(name = "test") {
  const told: Alarm[] = [];
  const state = { down: false, attempts: 0 };
  const alarms: Alarms = {
    name,
    tell: (alarm) => {
      state.attempts += 1;
      if (state.down) return errAsync({ type: "alarms-unavailable", detail: "HTTP 503" });
      told.push(alarm);
      return okAsync(undefined);
    },
  };
  return { alarms, state, told, types: () => told.map(({ type, cause }) => `${cause} ${type}`) };
}

/** The part of the store for operators. */
function partOf({ store }: Pick<Stage, "store">) {
  const { alarms, audit } = store.operator ?? {};
  if (!alarms || !audit) throw new Error("the store has no part for operators");
  return { alarms, audit };
}

/** A message that was given up; call what it returns when an operator has dismissed it. */
async function giveUpMessage(stage: Stage): Promise<() => Promise<unknown>> {
  const [avatar = await stage.draft(0)] = await valueOf(stage.store.avatars.listByOwner(owner));
  const state = { status: "dead", detail: "refused" } as const;
  const message = aNotification({ avatarId: avatar.id, ownerId: owner, state });
  await valueOf(stage.store.outbox.insert(message));
  return () => valueOf(partOf(stage).audit.dismiss({ type: "message", id: message.id }, message.createdAt));
}

export function describeAlarming(create: CreateStorage): void {
  /** A deployment with a channel, whose sweeps run each minute. */
  const open = async (overrides: Parameters<typeof openStage>[1] = {}, more: Partial<LikenessPorts> = {}) => {
    const recorded = channel();
    const stage = await openStage(create, overrides);
    await stage.restart({ alarms: [recorded.alarms], ...more });
    return { ...stage, ...recorded };
  };

  describe("alarms", () => {
    it("are told once when their cause begins and once when it has been gone for the calm", async () => {
      const stage = await open();
      const { time, told, types, log } = stage;
      await time.pass(120);
      expect(types()).toStrictEqual([]);
      const dismiss = await giveUpMessage(stage);
      await time.pass(300);
      expect(types()).toStrictEqual(["messages-dead begun"]);
      await dismiss();
      await time.pass(840);
      expect(types()).toStrictEqual(["messages-dead begun"]);
      await time.pass(180);
      expect(types()).toStrictEqual(["messages-dead begun", "messages-dead over"]);
      const [begun, over] = told;
      expect(begun).toMatchObject({
        facts: { count: 1 },
        text: "1 message to people could not be sent and was given up.",
      });
      expect(over).toMatchObject({ since: begun?.since, until: expect.any(String) });
      const lines = log.entries.filter(({ message }) => message.startsWith("an alarm "));
      expect(lines.map(({ level, message }) => [level, message])).toStrictEqual([
        ["error", "an alarm has begun"],
        ["info", "an alarm is over"],
      ]);
    });

    it("that stand say what was seen last, and are not told again for that", async () => {
      const stage = await open();
      const { clock } = stage.time;
      const see = (status: number) =>
        valueOf(
          partOf(stage).alarms.noteSighting({
            what: "provider-refused",
            subject: "fake submit",
            seenAt: clock.now(),
            status,
          }),
        );
      await see(401);
      await stage.time.pass(120);
      await see(402);
      await stage.time.pass(120);
      const { alarms } = await valueOf(stage.running().operator.inspect());
      expect(alarms).toMatchObject([{ type: "begun", since: stage.told[0]?.since, facts: { status: 402 } }]);
      expect(stage.types()).toStrictEqual(["provider-refuses begun"]);
    });

    it("that come and go are told a few times and no more", async () => {
      const stage = await open();
      const { time, types } = stage;
      const flap = async (times: number, calmSeconds: number): Promise<void> => {
        for (let count = 0; count < times; count++) {
          const dismiss = await giveUpMessage(stage);
          await stage.time.pass(60);
          await dismiss();
          await stage.time.pass(calmSeconds);
        }
      };
      // Never calm for long enough.
      await flap(4, 600);
      expect(types()).toStrictEqual(["messages-dead begun"]);
      await time.pass(600);
      expect(types()).toHaveLength(2);
      // The calm that was long enough is so no longer.
      await flap(3, 1_140);
      expect(types()).toHaveLength(3);
    });

    it("are told by one of two processes that look at the same time", async () => {
      const stage = await open();
      const { ports, types, alarms, log } = stage;
      await stage.running().stop({ graceMs: 0 });
      const processes = ["one", "two"].map((): Likeness => createLikeness({ ...ports, alarms: [alarms] }));
      const look = () => Promise.all(processes.map((each) => valueOf(each.runDue({ limit: 1, deadlineMs: 60_000 }))));
      await giveUpMessage(stage);
      // Begun, and told to nobody yet: both see it.
      const state = { status: "on", since: stage.time.clock.now() } as const;
      const row = {
        cause: "messages-dead",
        version: 0,
        state,
        facts: { count: 1 },
        calmSeconds: 900,
        told: {},
      } as const;
      await valueOf(partOf(stage).alarms.save(row));
      for (let minute = 0; minute < 3; minute++) {
        const looked = look();
        await stage.time.pass(60);
        await looked;
      }
      expect(types()).toStrictEqual(["messages-dead begun"]);
      expect(log.entries.filter(({ message }) => message === "an alarm has begun")).toHaveLength(1);
    });

    it("wait for a channel that is down, and come once: that it has begun, or only that it is over", async () => {
      const stage = await open();
      const { time, state, types, log } = stage;
      state.down = true;
      const dismiss = await giveUpMessage(stage);
      await time.pass(600);
      expect(state.attempts).toBeGreaterThan(1);
      expect(state.attempts).toBeLessThan(6);
      state.down = false;
      await time.pass(900);
      expect(types()).toStrictEqual(["messages-dead begun"]);
      state.down = true;
      await dismiss();
      await time.pass(1_800);
      expect(types()).toHaveLength(1);
      state.down = false;
      await time.pass(3_600);
      expect(types()).toStrictEqual(["messages-dead begun", "messages-dead over"]);
      expect(log.entries.filter(({ message }) => message === "an alarm cannot be told now").length).toBeGreaterThan(0);
    });

    it("are told again when their process died while it told them", async () => {
      const stage = await open();
      const { time, types } = stage;
      const since = time.clock.now();
      const dying = { id: `messages-dead ${since}`, attempts: 1, tryAt: time.clock.now() };
      const row = { cause: "messages-dead", version: 0, state: { status: "on", since }, facts: { count: 1 } } as const;
      // Before its cause, which a sweep that is under way would store an alarm for.
      await valueOf(partOf(stage).alarms.save({ ...row, calmSeconds: 900, told: { test: dying } }));
      await giveUpMessage(stage);
      await time.pass(130);
      expect(types()).toStrictEqual(["messages-dead begun"]);
    });

    it("are not stopped by a channel that throws or never answers", async () => {
      const thrown: Alarms = {
        name: "throws",
        tell: () => {
          throw new Error("a defect");
        },
      };
      const silent: Alarms = { name: "silent", tell: () => new Promise(() => undefined) as never };
      const recorded = channel();
      const stage = await open({}, { alarms: [thrown, silent, recorded.alarms] });
      await giveUpMessage(stage);
      await stage.time.pass(180);
      expect(recorded.types()).toStrictEqual(["messages-dead begun"]);
    });

    it.each([401, 402, 403])(
      "tell that the provider refuses the account: %i, until it takes an order",
      async (status) => {
        const stage = await open();
        const { provider, ordered, untilStatus, time, told, types } = stage;
        provider.answerNextSubmit({ type: "submit-refused", status, detail: "nobody is to read this" });
        const { id } = await ordered();
        await untilStatus(id, "failed");
        await time.pass(3_600);
        expect(types()).toStrictEqual(["provider-refuses begun"]);
        expect(told[0]?.facts).toStrictEqual({ call: "example submit", status, lastAt: expect.any(String) });
        expect(JSON.stringify(told)).not.toContain("nobody");
        await stage.submitted();
        await time.pass(1_200);
        expect(types()).toStrictEqual(["provider-refuses begun", "provider-refuses over"]);
      },
    );

    it("stand in inspect() until their cause is gone, beside the lists that tell the others", async () => {
      const stage = await open();
      const { likeness, provider, ordered, untilStatus, time, told } = stage;
      const seen = async () => {
        const { needsPerson, alarms } = await valueOf(likeness.operator.inspect());
        return { needsPerson, alarms };
      };
      expect(await seen()).toStrictEqual({ needsPerson: false, alarms: [] });
      provider.answerNextSubmit({ type: "submit-refused", status: 401, detail: "bad key" });
      await untilStatus((await ordered()).id, "failed");
      await time.pass(300);
      expect(told).toHaveLength(1);
      expect(await seen()).toStrictEqual({ needsPerson: true, alarms: told });
      await stage.submitted();
      await time.pass(120);
      expect(await seen()).toStrictEqual({ needsPerson: false, alarms: [] });
      const dismiss = await giveUpMessage(stage);
      await time.pass(120);
      expect(await seen()).toStrictEqual({ needsPerson: true, alarms: [] });
      await dismiss();
      expect(await seen()).toStrictEqual({ needsPerson: false, alarms: [] });
    });

    it("tell of webhooks with a wrong signature, which are written once a minute at most", async () => {
      const stage = await open();
      const { submitted, deliver, time, types } = stage;
      const { training, request } = await submitted();
      const forge = () =>
        deliver(training.id, { type: "failed", requestId: request.requestId, detail: "x" }, { key: "another key" });
      const firstAt = time.clock.now();
      for (let times = 0; times < 5; times++) {
        expect((await forge()).isErr()).toBe(true);
        await time.pass(10);
      }
      expect(await valueOf(partOf(stage).alarms.sightings())).toStrictEqual([
        { what: "webhook-refused", subject: expect.any(String), seenAt: firstAt },
      ]);
      await time.pass(120);
      expect(types()).toStrictEqual(["webhooks-refused begun"]);
    });

    it("tell of orders that nobody confirms, and of work that nobody does", async () => {
      const stage = await open({ policy: { unknownDeadlineSeconds: 7_200 } });
      const { provider, ordered, untilStatus, time, types, ports, told } = stage;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "no answer" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.pass(840);
      expect(types()).toStrictEqual([]);
      await time.pass(180);
      expect(types()).toStrictEqual(["orders-unknown begun"]);
      await stage.running().stop({ graceMs: 0 });
      // The timers run, and no job does: looking is no job.
      const idle = { ...ports.queue, start: () => okAsync(undefined), enqueue: () => okAsync(undefined) };
      const recorded = channel("other");
      const stuck = createLikeness({ ...ports, queue: { ...ports.queue, ...idle }, alarms: [recorded.alarms] });
      await valueOf(stuck.start());
      await time.pass(2_400);
      expect(recorded.types()).toContain("work-overdue begun");
      expect(recorded.told.find(({ cause }) => cause === "work-overdue")?.facts).toStrictEqual({ of: ["order"] });
      await stuck.stop({ graceMs: 0 });
      expect(JSON.stringify([...told, ...recorded.told])).not.toContain(owner);
    });

    it("tell that the day's cap is near, by dollars", async () => {
      const stage = await open({ guards: { dailySpendCap: 10 } });
      const { store, time, told, types } = stage;
      const day = time.clock.now().slice(0, 10);
      await valueOf(store.guards.spend({ day, amount: 79_999, cap: 100_000 }));
      await time.pass(120);
      expect(types()).toStrictEqual([]);
      await valueOf(store.guards.spend({ day, amount: 5_001, cap: 100_000 }));
      await time.pass(120);
      expect(told).toMatchObject([
        {
          cause: "spending-near-cap",
          facts: { spent: 8.5, cap: 10 },
          text: "$8.50 of the $10.00 of today (UTC) are spent.",
        },
      ]);
    });
  });
}
