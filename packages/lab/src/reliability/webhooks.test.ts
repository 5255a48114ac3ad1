import { forgeries, type FalForgery } from "@likeness/fal/testing";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { expectHealed, failed, ready } from "./expect-healed.ts";
import { openHostStage, owner, running, shiftedClock, until, untilIdle, type HostStage } from "./host-stage.ts";

/**
 * What each forgery is answered with; `other-request` is genuine, so it is stored, with an alarm and without effect.
 */
const answers = {
  "no-token": 404,
  "bad-token": 404,
  "token-of-another": 404,
  unsigned: 401,
  "bad-signature": 401,
  "unknown-key": 401,
  "altered-body": 401,
  "other-account": 401,
  stale: 401,
  "from-the-future": 401,
  "request-mismatch": 401,
  "other-request": 200,
} as const satisfies Record<FalForgery, number>;

/** The outcomes of all stored deliveries, in the order of their arrival. */
async function outcomesOf({ watched }: HostStage): Promise<(string | null)[]> {
  const rows = await watched.db.selectFrom("likeness_webhook_inbox").select("outcome").orderBy("received_at").execute();
  return rows.map(({ outcome }) => outcome);
}

/**
 * So that only the webhook tells the outcome, also on a busy machine: nobody polls, and nobody looks for a request whose
 * answer took longer than usual.
 */
const policy = { pollSeconds: 900, pollMaxSeconds: 900, submitTimeoutSeconds: 20, imageDeadlineSeconds: 60 };

const answersTo = ({ fal }: HostStage) => fal.control.deliveries().map(({ answer }) => answer);

describe.concurrent("webhooks", { timeout: 400_000 }, () => {
  it("W1: one that comes before the answer to the paid request ends the training, which keeps its request", async (test) => {
    const stage = await openHostStage(test, { behaviour: { webhook: "before-answer", trainingSeconds: 0 } });
    const host = await stage.host();
    const { id } = await host.ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    const [accepted] = stage.fal.control.accepted();
    expect((await host.training(id)).state).toMatchObject({ request: { requestId: accepted?.requestId } });
    const path = await stage.watched.db.selectFrom("status_history").select("status").execute();
    expect(path.at(-1)).toStrictEqual({ status: "succeeded" });
    expect(answersTo(stage)).toStrictEqual([200]);
  });

  it("W2: one that comes twenty times at once is answered 200 each time, stored once and has one effect", async (test) => {
    const stage = await openHostStage(test, { policy, behaviour: { webhook: { repeat: 20, parallel: true } } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(answersTo(stage)).toStrictEqual(Array(20).fill(200));
    expect(await outcomesOf(stage)).toStrictEqual(["applied"]);
  });

  it("W3: of OK and ERROR the first one wins, and a late result is kept", async (test) => {
    const owners = ["telegram:1", "telegram:2"] as const;
    const stage = await openHostStage(test, { owners, policy });
    const host = await stage.host();
    const good = await running(stage, host, owners[0]);
    const bad = await running(stage, host, owners[1]);
    await stage.fal.control.finish(good.requestId, "ok");
    await until(async () => (await host.training(good.id)).state.status === "succeeded");
    expect(await stage.fal.control.deliverAgain(good.requestId, "error")).toBe(200);
    await stage.fal.control.finish(bad.requestId, "error");
    await until(async () => (await host.training(bad.id)).state.status === "failed");
    expect(await stage.fal.control.deliverAgain(bad.requestId, "ok")).toBe(200);

    const { orders } = await expectHealed(stage);
    expect(orders).toMatchObject([ready, failed("provider_error")]);
    expect(await outcomesOf(stage)).toStrictEqual(["applied", "ignored", "applied", "late"]);
    expect((await host.training(bad.id)).state).toMatchObject({ lateOutcome: { weights: {} } });
  });

  it("W4: a forged one is refused, however it is forged, and leaves no row", async (test) => {
    const owners = ["telegram:1", "telegram:2"] as const;
    const stage = await openHostStage(test, { owners, policy });
    const host = await stage.host();
    const other = await running(stage, host, owners[0]);
    const { id, requestId } = await running(stage, host, owners[1]);
    const given: Record<string, unknown> = {};
    for (const kind of forgeries) given[kind] = await stage.fal.control.forge(requestId, kind, other.requestId);
    expect(given).toStrictEqual(answers);
    await until(async () => JSON.stringify(await outcomesOf(stage)) === '["foreign"]');
    for (const training of [id, other.id]) expect((await host.training(training)).state.status).toBe("submitted");
    for (const request of [requestId, other.requestId]) await stage.fal.control.finish(request);
    expect((await expectHealed(stage)).orders).toMatchObject([ready, ready]);
    expect(await outcomesOf(stage)).toStrictEqual(["foreign", "applied", "applied"]);
  });

  it("W5: one for a training that has ended is answered 200 and has no effect", async (test) => {
    const stage = await openHostStage(test, { policy });
    await (await stage.host()).ordered();
    const before = await expectHealed(stage);
    expect(before.orders).toMatchObject([ready]);
    const requestId = stage.fal.control.accepted()[0]?.requestId ?? "";
    expect(await stage.fal.control.deliverAgain(requestId, "error")).toBe(200);
    expect(await expectHealed(stage)).toStrictEqual(before);
    expect(await outcomesOf(stage)).toStrictEqual(["applied", "ignored"]);
  });

  it("W5: one for a training that was cancelled is answered 200, and its result is kept", async (test) => {
    const stage = await openHostStage(test, { policy });
    const host = await stage.host();
    const { id, requestId } = await running(stage, host);
    await valueOf(host.likeness.trainings.cancel({ actor: owner, avatarId: (await host.training(id)).avatarId }));
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    const { orders } = await expectHealed(stage);
    expect(orders).toMatchObject([{ status: "cancelled", posts: 1, ends: 1, messages: [] }]);
    expect((await host.training(id)).state).toMatchObject({ lateOutcome: { weights: {} } });
    expect(await outcomesOf(stage)).toStrictEqual(["late"]);
  });

  it("W5: one for a training that was erased is answered 200, and nothing of it is kept", async (test) => {
    const stage = await openHostStage(test, { policy });
    const host = await stage.host();
    const { id, requestId } = await running(stage, host);
    await valueOf(host.likeness.avatars.erase({ actor: owner, avatarId: (await host.training(id)).avatarId }));
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    expect((await expectHealed(stage, { owners: [] })).orders).toStrictEqual([]);
    expect(await outcomesOf(stage)).toStrictEqual([]);
    expect(stage.paid.posts(id)).toBe(1);
  });

  it("W6: one that never comes is not missed", async (test) => {
    const stage = await openHostStage(test, { behaviour: { webhook: "lost" } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(answersTo(stage)).toStrictEqual([]);
  });

  it("W7: while fal's keys are out of reach they are stored, and later applied if genuine", async (test) => {
    const stage = await openHostStage(test, { policy: { trainingDeadlineSeconds: 3_600 } });
    const clock = shiftedClock();
    const host = await stage.host({ clock });
    stage.fal.control.jwks("down");
    const { id, requestId } = await running(stage, host);
    expect(await stage.fal.control.forge(requestId, "altered-body")).toBe(200);
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    expect(await outcomesOf(stage)).toStrictEqual([null, null]);
    expect((await host.training(id)).state.status).toBe("submitted");
    stage.fal.control.jwks("up");
    clock.shift(61);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    // The forged delivery is not stored.
    expect(await outcomesOf(stage)).toStrictEqual(["applied"]);
  });

  it("W7: with a new key are taken as soon as the keys may be asked for again", async (test) => {
    const owners = ["telegram:1", "telegram:2"] as const;
    const stage = await openHostStage(test, { owners, policy });
    const clock = shiftedClock();
    const host = await stage.host({ clock });
    await host.ordered(owners[0]);
    await until(async () => (await outcomesOf(stage)).length === 1);
    stage.fal.control.rotate();
    const { requestId } = await running(stage, host, owners[1]);
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(401);
    await untilIdle(stage);
    clock.shift(61);
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    expect((await expectHealed(stage)).orders).toMatchObject([ready, ready]);
    expect(await outcomesOf(stage)).toStrictEqual(["applied", "applied"]);
  });
});

// Not concurrent with the others, because fal waits 15 s for an answer.
describe("many webhooks", { timeout: 400_000 }, () => {
  it("W8: 500 at once are answered 200, every one, and soon read", async (test) => {
    // Sender and receiver share this process, so no answer is called late here: benchmarks measure how fast it is.
    const deliver: typeof fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(100_000) });
    const stage = await openHostStage(test, { fal: { deliver } });
    const { requestId } = await running(stage, await stage.host());
    const given = await Promise.all(
      Array.from({ length: 500 }, (_, number) =>
        stage.fal.control.send(requestId, { request_id: requestId, status: "IN_PROGRESS", number }),
      ),
    );
    expect(given).toStrictEqual(Array(500).fill(200));
    await until(async () => (await outcomesOf(stage)).filter((outcome) => outcome !== null).length === 500);
    await stage.fal.control.finish(requestId);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
  });
});
