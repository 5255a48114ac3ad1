import { forgeries, type FalForgery } from "@likeness/fal/testing";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { owner, wireStage, type WireStage } from "./wire-stage.ts";

/** What each forgery is answered with; `other-request` is genuine, so it is stored, with an alarm and without effect. */
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

async function running(scene: WireStage) {
  scene.fal.control.next({ outcome: "never" });
  const { id, avatarId } = await scene.ordered();
  await scene.untilStatus(id, "submitted");
  const requestId = scene.fal.control.accepted().at(-1)?.requestId ?? "";
  return { id, avatarId, requestId };
}

const unsettled = (scene: WireStage) => valueOf(scene.store.inbox.unsettledBefore("9999", 10));

describe("webhooks on the wire", { timeout: 60_000 }, () => {
  it("refuses a forged one in every way it can be forged, without a trace", async () => {
    const scene = await wireStage();
    const other = await running(scene);
    const { id, requestId } = await running(scene);
    const given: Record<string, unknown> = {};
    for (const kind of forgeries) given[kind] = await scene.fal.control.forge(requestId, kind, other.requestId);
    expect(given).toStrictEqual(answers);
    await scene.until(async () => (await unsettled(scene)).length === 0);
    expect((await scene.training(id)).state.status).toBe("submitted");
    expect((await scene.training(other.id)).state.status).toBe("submitted");
    const alarms = scene.log.entries.filter(({ level }) => level === "error");
    expect(alarms).toHaveLength(1);
    expect(JSON.stringify(scene.log.entries)).not.toContain("token=");
  });

  it("takes one twenty times at once: every one answered, one effect", async () => {
    const scene = await wireStage();
    scene.fal.control.next({ webhook: { repeat: 20, parallel: true } });
    const { id } = await scene.ordered();
    await scene.untilStatus(id, "succeeded");
    await scene.until(() => scene.fal.control.deliveries().length === 20);
    await scene.until(() => scene.fal.control.deliveries().every(({ answer }) => answer !== undefined));
    expect(scene.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual(Array(20).fill(200));
    await scene.until(async () => (await unsettled(scene)).length === 0);
    await scene.until(async () => (await scene.training(id)).nextCheckAt === undefined);
    await scene.until(() => scene.messages.length > 0);
    expect(scene.messages).toHaveLength(1);
  });

  it("takes OK and then ERROR, and ERROR and then OK: the first one wins", async () => {
    const scene = await wireStage();
    const first = await running(scene);
    await scene.fal.control.finish(first.requestId, "ok");
    expect(await scene.fal.control.deliverAgain(first.requestId, "error")).toBe(200);
    await scene.untilStatus(first.id, "succeeded");

    const second = await running(scene);
    await scene.fal.control.finish(second.requestId, "error");
    expect(await scene.fal.control.deliverAgain(second.requestId, "ok")).toBe(200);
    await scene.untilStatus(second.id, "failed");
    await scene.until(async () => (await unsettled(scene)).length === 0);
    expect((await scene.training(first.id)).state.status).toBe("succeeded");
    expect((await scene.training(second.id)).state).toMatchObject({ status: "failed", lateOutcome: {} });
  });

  it("takes one for an erased training, and does nothing", async () => {
    const scene = await wireStage();
    const { avatarId, requestId } = await running(scene);
    await valueOf(scene.likeness.avatars.erase({ actor: owner, avatarId }));
    expect(await scene.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    await scene.until(async () => (await unsettled(scene)).length === 0);
    await scene.until(async () => (await scene.blobs()).length === 0);
    expect(await valueOf(scene.likeness.avatars.list({ actor: owner }))).toStrictEqual([]);
    expect(scene.messages).toStrictEqual([]);
  });

  it("shows progress that a relay sends, and waits for the outcome", async () => {
    const scene = await wireStage();
    const { id, requestId } = await running(scene);
    const body = { request_id: requestId, status: "IN_PROGRESS", logs: [{ message: "training: 50%" }] };
    expect(await scene.fal.control.send(requestId, body)).toBe(200);
    await scene.until(async () => (await unsettled(scene)).length === 0);
    expect((await scene.training(id)).state).toMatchObject({ status: "submitted", progress: { percent: 50 } });
  });

  it("stores one while the key set is down, and applies it when it is back", async () => {
    const scene = await wireStage();
    scene.fal.control.jwks("down");
    scene.fal.control.next({ outcome: "never" });
    const { id } = await scene.ordered();
    await scene.untilStatus(id, "submitted");
    const requestId = scene.fal.control.accepted()[0]?.requestId ?? "";
    expect(await scene.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    expect((await scene.training(id)).state.status).toBe("submitted");
    expect((await unsettled(scene)).map(({ verified }) => verified)).toStrictEqual([false]);
  });

  it.each(["GET", "PUT", "DELETE", "PATCH"])("answers %s with 405 and what is allowed", async (method) => {
    const scene = await wireStage();
    const answer = await fetch(`${scene.publicUrl}/api/v1/avatar/status_update`, { method });
    expect([answer.status, answer.headers.get("allow")]).toStrictEqual([405, "POST"]);
  });
});
