import { secondsBetween, type Training } from "@likeness/core";
import { falHosts, falProvider } from "@likeness/fal";
import type { FalFakeActivity, FalFakeBehaviour } from "@likeness/fal/testing";
import { describe, expect, it } from "vitest";
import { account } from "../crash/host/protocol.ts";
import { expectHealed, failed, ready } from "./expect-healed.ts";
import { openHostStage, running, shiftedClock, until, untilIdle, type HostStage } from "./host-stage.ts";

/** All statuses of a training, in order. */
async function pathOf({ watched }: HostStage): Promise<string[]> {
  const rows = await watched.db.selectFrom("status_history").select("status").execute();
  return rows.map(({ status }) => status);
}

type Answered = Extract<FalFakeActivity, { type: "request" }>;

/** The requests to a place that fal has answered from now on. */
function answersTo({ fal }: HostStage, isMeant: (request: Answered) => boolean): readonly Answered[] {
  const answers: Answered[] = [];
  fal.control.subscribe((activity) => {
    if (activity.type === "request" && isMeant(activity)) answers.push(activity);
  });
  return answers;
}

const isSubmit = ({ method, path }: Answered): boolean => method === "POST" && path.startsWith("/fal-ai/");

/** Nothing listens there, and no program is given this port by chance. */
const closedPort = 2;

const accepting = ["drop", "504", "hang", "garbage"].map((loss) => `${loss}-after-accepting`) as NonNullable<
  FalFakeBehaviour["submit"]
>[];

/** So long that fal's answer is not missed because this computer is busy. */
const longAttempts = { submitTimeoutSeconds: 30, imageDeadlineSeconds: 120 };

describe.concurrent("fal", { timeout: 400_000 }, () => {
  it("F1: says 429 to the paid request: it is sent again when fal asks for it, and one is accepted", async (test) => {
    const stage = await openHostStage(test, { policy: longAttempts });
    const answers = answersTo(stage, isSubmit);
    stage.fal.control.next({ submit: { status: 429, retryAfter: 6 } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(answers.map(({ status }) => status)).toStrictEqual([429, 200]);
    expect(secondsBetween(answers[0]?.at ?? "", answers[1]?.at ?? "")).toBeGreaterThanOrEqual(6);
    expect(stage.fal.control.accepted()).toHaveLength(1);
  });

  it.for(accepting)(
    "F2: has taken it, but answers with %s: one request, and the webhook names it",
    async (submit, test) => {
      const stage = await openHostStage(test);
      stage.fal.control.next({ submit, trainingSeconds: 3 });
      await (await stage.host()).ordered();
      expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    },
  );

  it.for(accepting)("F2: has taken it, answers with %s and sends no webhook: its list has it", async (submit, test) => {
    const stage = await openHostStage(test);
    stage.fal.control.next({ submit, webhook: "lost" });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(await pathOf(stage)).toContain("unknown");
    expect(stage.fal.control.deliveries()).toStrictEqual([]);
  });

  it.for<NonNullable<FalFakeBehaviour["submit"]>>(["drop-before-accepting", { status: 504 }, { status: 500 }])(
    "F3: has not taken it and answers with %o: one request, and a failure at the deadline, not before",
    async (submit, test) => {
      const stage = await openHostStage(test, { policy: { unknownDeadlineSeconds: 4 } });
      stage.fal.control.next({ submit });
      const host = await stage.host();
      const { id } = await host.ordered();
      expect((await expectHealed(stage)).orders).toMatchObject([failed("submit_unknown")]);
      const postedAt = stage.fal.requests.find(({ path }) => path.startsWith("/fal-ai/"))?.at ?? "";
      const { state } = await host.training(id);
      expect(secondsBetween(postedAt, "finishedAt" in state ? state.finishedAt : "")).toBeGreaterThan(3.5);
      expect(stage.fal.control.accepted()).toStrictEqual([]);
    },
  );

  it.for([
    ["connections", `http://127.0.0.1:${closedPort}`],
    ["a name", "https://queue.fal.invalid"],
  ] as const)("F4: refuses %s: the paid request is sent later, once", async ([, address], test) => {
    const stage = await openHostStage(test, { policy: longAttempts });
    const { providerUrl: url } = stage.settings;
    const hosts = falHosts({ queue: address, rest: url, api: url });
    const unreachable = falProvider({
      key: account.key,
      hosts,
      submitTimeoutSeconds: longAttempts.submitTimeoutSeconds,
    });
    const clock = shiftedClock();
    let tries = 0;
    const host = await stage.host({
      clock,
      around: (ports) => ({
        ...ports,
        provider: {
          ...ports.provider,
          submit: (submission) => (++tries > 2 ? ports.provider : unreachable).submit(submission),
        },
      }),
    });
    const { id } = await host.ordered();
    for (const tried of [1, 2]) {
      await until(async () => tries === tried && (await host.training(id)).state.status === "requested");
      await untilIdle(stage);
      clock.shift(30);
    }
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(tries).toBe(3);
    const attempt = ["requested", "submitting"];
    expect(await pathOf(stage)).toStrictEqual([...attempt, ...attempt, ...attempt, "submitted", "succeeded"]);
  });

  it.for([
    { status: 422 },
    { status: 401 },
    { status: 403, body: { detail: "User is locked. Reason: Exhausted balance." } },
  ])("F5: refuses it with %o: a failure at once, not tried again, with an alarm", async (submit, test) => {
    const stage = await openHostStage(test, { policy: longAttempts });
    stage.fal.control.next({ submit });
    const host = await stage.host();
    const { id, avatarId, ownerId } = await host.ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([failed("rejected")]);
    expect(await pathOf(stage)).toStrictEqual(["requested", "submitting", "failed"]);
    expect(host.log.entries).toContainEqual({
      level: "error",
      fields: { orderId: id, kind: "training", avatarId, ownerId, reason: "rejected", detail: expect.any(String) },
      message: "the order was not submitted",
    });
  });

  it("F6: answers 503 to every look for hours: it is looked at again and again, and taken when it is back", async (test) => {
    const stage = await openHostStage(test, {
      policy: { trainingDeadlineSeconds: 86_400 },
      behaviour: { webhook: "lost" },
    });
    const clock = shiftedClock();
    const host = await stage.host({ clock });
    const { id, requestId } = await running(stage, host);
    const looks = answersTo(stage, ({ path }) => path.endsWith("/status"));
    stage.fal.control.fault("status", { status: 503 }, 12);
    const isNoted = ({ nextCheckAt = "" }: Training): boolean => nextCheckAt > clock.now();
    for (let halfHours = 1; halfHours <= 12; halfHours++) {
      await untilIdle(stage);
      clock.shift(1_800);
      await until(async () => looks.length >= halfHours && isNoted(await host.training(id)));
    }
    expect(looks.slice(0, 12).map(({ status }) => status)).toStrictEqual(Array(12).fill(503));
    expect((await host.training(id)).state.status).toBe("submitted");
    await stage.fal.control.finish(requestId);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });

  it("F7: has let a result expire: it is taken from the list", async (test) => {
    const stage = await openHostStage(test, { behaviour: { webhook: "lost" } });
    const { requestId } = await running(stage, await stage.host());
    const lists = answersTo(stage, ({ path }) => path.endsWith("/by-endpoint"));
    const finished = stage.fal.control.finish(requestId);
    stage.fal.control.expire(requestId);
    await finished;
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(lists).not.toStrictEqual([]);
  });

  it("F7: has let a result expire and lists it no more: a failure that says so", async (test) => {
    const policy = { unknownDeadlineSeconds: 4 };
    const stage = await openHostStage(test, { policy, behaviour: { webhook: "lost" } });
    const { requestId } = await running(stage, await stage.host());
    stage.fal.control.fault("history", { status: 404 }, 1_000);
    const finished = stage.fal.control.finish(requestId);
    stage.fal.control.expire(requestId);
    await finished;
    const { orders } = await expectHealed(stage, { mayFail: ["result_lost"] });
    expect(orders).toMatchObject([failed("result_lost")]);
  });
});
