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

async function running(stage: WireStage) {
  stage.fal.control.next({ outcome: "never" });
  const { id, avatarId } = await stage.ordered();
  await stage.untilStatus(id, "submitted");
  const requestId = stage.fal.control.accepted().at(-1)?.requestId ?? "";
  return { id, avatarId, requestId };
}

const unsettled = (stage: WireStage) => valueOf(stage.store.inbox.unsettledBefore("9999", 10));

describe("webhooks on the wire", { timeout: 300_000 }, () => {
  it("refuses a forged one in every way it can be forged, without a trace", async () => {
    const stage = await wireStage();
    const other = await running(stage);
    const { id, requestId } = await running(stage);
    const given: Record<string, unknown> = {};
    for (const kind of forgeries) given[kind] = await stage.fal.control.forge(requestId, kind, other.requestId);
    expect(given).toStrictEqual(answers);
    await stage.until(async () => (await unsettled(stage)).length === 0);
    expect((await stage.training(id)).state.status).toBe("submitted");
    expect((await stage.training(other.id)).state.status).toBe("submitted");
    const alarms = stage.log.entries.filter(({ level }) => level === "error");
    expect(alarms).toHaveLength(1);
    expect(JSON.stringify(stage.log.entries)).not.toContain("token=");
  });

  it("takes one twenty times at once: every one answered, one effect", async () => {
    const stage = await wireStage();
    stage.fal.control.next({ webhook: { repeat: 20, parallel: true } });
    const { id } = await stage.ordered();
    await stage.untilStatus(id, "succeeded");
    await stage.until(() => stage.fal.control.deliveries().length === 20);
    await stage.until(() => stage.fal.control.deliveries().every(({ answer }) => answer !== undefined));
    expect(stage.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual(Array(20).fill(200));
    await stage.until(async () => (await unsettled(stage)).length === 0);
    await stage.until(async () => (await stage.training(id)).nextCheckAt === undefined);
    await stage.until(() => stage.messages.length > 0);
    expect(stage.messages).toHaveLength(1);
  });

  it("takes OK and then ERROR, and ERROR and then OK: the first one wins", async () => {
    const stage = await wireStage();
    const first = await running(stage);
    await stage.fal.control.finish(first.requestId, "ok");
    expect(await stage.fal.control.deliverAgain(first.requestId, "error")).toBe(200);
    await stage.untilStatus(first.id, "succeeded");

    const second = await running(stage);
    await stage.fal.control.finish(second.requestId, "error");
    expect(await stage.fal.control.deliverAgain(second.requestId, "ok")).toBe(200);
    await stage.untilStatus(second.id, "failed");
    await stage.until(async () => (await unsettled(stage)).length === 0);
    expect((await stage.training(first.id)).state.status).toBe("succeeded");
    expect((await stage.training(second.id)).state).toMatchObject({ status: "failed", lateOutcome: {} });
  });

  it("takes one for an erased training, and does nothing", async () => {
    const stage = await wireStage();
    const { avatarId, requestId } = await running(stage);
    await valueOf(stage.likeness.avatars.erase({ actor: owner, avatarId }));
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    await stage.until(async () => (await unsettled(stage)).length === 0);
    await stage.until(async () => (await stage.blobs()).length === 0);
    expect(await valueOf(stage.likeness.avatars.list({ actor: owner }))).toStrictEqual([]);
    expect(stage.messages).toStrictEqual([]);
  });

  it("shows progress that a relay sends, and waits for the outcome", async () => {
    const stage = await wireStage();
    const { id, requestId } = await running(stage);
    const body = { request_id: requestId, status: "IN_PROGRESS", logs: [{ message: "training: 50%" }] };
    expect(await stage.fal.control.send(requestId, body)).toBe(200);
    await stage.until(async () => (await unsettled(stage)).length === 0);
    expect((await stage.training(id)).state).toMatchObject({ status: "submitted", progress: { percent: 50 } });
  });

  it("stores one while the key set is down, and applies it when it is back", async () => {
    const stage = await wireStage();
    stage.fal.control.jwks("down");
    stage.fal.control.next({ outcome: "never" });
    const { id } = await stage.ordered();
    await stage.untilStatus(id, "submitted");
    const requestId = stage.fal.control.accepted()[0]?.requestId ?? "";
    expect(await stage.fal.control.deliverAgain(requestId, "ok")).toBe(200);
    expect((await stage.training(id)).state.status).toBe("submitted");
    expect((await unsettled(stage)).map(({ verified }) => verified)).toStrictEqual([false]);
  });

  it.each(["GET", "PUT", "DELETE", "PATCH"])("answers %s with 405 and what is allowed", async (method) => {
    const stage = await wireStage();
    const answer = await fetch(`${stage.publicUrl}/api/v1/avatar/status_update`, { method });
    expect([answer.status, answer.headers.get("allow")]).toStrictEqual([405, "POST"]);
  });
});
