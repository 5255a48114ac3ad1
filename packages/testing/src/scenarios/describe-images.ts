import { requestOf, type GenerateImages } from "@likeness/core";
import { err, errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aPictureFile } from "../fixtures/image-order.ts";
import { aModel } from "../fixtures/model.ts";
import { pictureBytes } from "../fixtures/picture-bytes.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage, statusesOf, toldOf } from "./image-stage.ts";
import { withParts } from "./replaced-parts.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";

/** A file of so many megabytes, made while it is read. */
function megabytes(count: number, onPiece: () => void = () => {}): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream(
    {
      pull: (controller) => {
        if (left === 0) return controller.close();
        left -= 1;
        onPiece();
        controller.enqueue(new Uint8Array(1_000_000));
      },
    },
    { highWaterMark: 0 },
  );
}

/** Pictures from the order to what their owner is told. */
export function describeImages(create: CreateStorage): void {
  describe("images", () => {
    it("are one paid request each, with its own seed, and told together", async () => {
      const stage = await openImageStage(create);
      const { accepted, make, untilFinished, provider, credits, avatarId } = stage;
      const orders = await accepted({ count: 4 });
      const [first] = orders;
      const sent = provider.submissions.filter(({ order }) => order.kind === "image");
      const seeds = new Set(sent.map(({ order }) => order.snapshot.input["seed"]));
      expect([sent.length, seeds.size]).toStrictEqual([4, 4]);
      expect(sent[0]?.order.snapshot.input).toStrictEqual({
        steps: 28,
        prompt: expect.stringMatching(/^TOK_[0-9a-f]{8} person at a corner table of a quiet café/),
        loras: [{ path: expect.stringMatching(/^https:/), scale: 1 }],
        image_size: { width: 880, height: 1_104 },
        seed: expect.any(Number),
      });
      for (const order of orders.slice(0, 3)) make(order);
      await stage.time.pass(30);
      expect(toldOf(stage)).toStrictEqual([]);

      const [, , , last] = orders;
      if (last) make(last);
      const set = await untilFinished(first?.id ?? "");
      expect(statusesOf(set)).toStrictEqual(["shown", "shown", "shown", "shown"]);
      await stage.time.until("they are told", () => toldOf(stage).length > 0);
      const pictureIds = orders.map(({ id }) => id);
      expect(toldOf(stage)).toStrictEqual([
        { template: "images-done", setId: first?.id, pictureIds, blocked: 0, failed: 0 },
      ]);
      expect(orders.map(({ id }) => credits.lastOf(id))).toStrictEqual(["capture", "capture", "capture", "capture"]);
      expect(set.places[0].picture).toMatchObject({
        avatarId,
        ownerId: owner,
        width: 864,
        height: 1_152,
        contentType: "image/jpeg",
        favourite: false,
      });
      await expectInvariants(stage);
    });

    it("of which one is blocked, one fails, one is lost and one is late are told once, and the late one is kept", async () => {
      const stage = await openImageStage(create, { policy: { imageDeadlineSeconds: 60, imagePollSeconds: 3 } });
      const { accepted, make, fail, provider, credits, deliver, untilSettled } = stage;
      const orders = await accepted({ count: 4 });
      const [flagged, failing, lost, late] = orders;
      if (!flagged || !failing || !lost || !late) throw new Error("four were ordered");
      make(flagged, { blocked: "flagged" });
      fail(failing);
      provider.forget("request" in lost.state ? (lost.state.request?.requestId ?? "") : "");
      await stage.time.until("they are told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toMatchObject([{ setId: flagged.id, pictureIds: [], blocked: 1, failed: 3 }]);
      expect(orders.map(({ id }) => credits.lastOf(id))).toStrictEqual(["release", "release", "release", "release"]);

      const { request } = await stage
        .image(late.id)
        .then(({ state }) => ({ request: "request" in state && state.request }));
      const picture = aPictureFile({ width: undefined, height: undefined });
      await deliver(late.id, {
        type: "succeeded",
        requestId: request ? request.requestId : "",
        outcome: { picture },
      });
      await untilSettled();
      await stage.untilFinished(flagged.id);
      expect(statusesOf(await stage.set(flagged.id))).toStrictEqual(["blocked", "failed", "failed", "shown"]);
      const gallery = await valueOf(stage.likeness.images.list({ actor: owner }));
      expect(gallery.map(({ id }) => id)).toStrictEqual([late.id]);
      await stage.time.pass(120);
      expect(toldOf(stage)).toHaveLength(1);
      expect(credits.lastOf(late.id)).toBe("release");
      await expectInvariants(stage);
    });

    it.each([
      ["flagged", { blocked: "flagged" as const }],
      ["black", { bytesThere: pictureBytes({ black: true }) }],
    ])("that are %s are neither stored, shown nor charged", async (_name, sent) => {
      const stage = await openImageStage(create);
      const { accepted, make, untilFinished, blobs, credits } = stage;
      const [order] = await accepted();
      if (!order) throw new Error("one was ordered");
      const before = blobs.blobs.size;
      make(order, sent);
      expect(statusesOf(await untilFinished(order.id))).toStrictEqual(["blocked"]);
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toMatchObject([{ pictureIds: [], blocked: 1, failed: 0 }]);
      expect([blobs.blobs.size, credits.lastOf(order.id)]).toStrictEqual([before, "release"]);
      await expectInvariants(stage);
    });

    it("are blocked by a refusal of their content, also when they are submitted", async () => {
      const stage = await openImageStage(create);
      stage.provider.answerNextSubmit({
        type: "submit-refused",
        status: 422,
        detail: "content",
        reason: "content_blocked",
      });
      const { id } = await valueOf(stage.likeness.images.generate({ actor: owner, words: "a walk by the sea" }));
      expect(statusesOf(await stage.untilFinished(id))).toStrictEqual(["blocked"]);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      stage.fail(order, "content_blocked");
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["blocked"]);
      await expectInvariants(stage);
    });

    it.each([
      ["empty", new Uint8Array()],
      ["a page", new TextEncoder().encode("<html>")],
      ["14,000 × 14,000 pixels", pictureBytes({ width: 14_000, height: 14_000 })],
      ["60 MB", () => megabytes(60)],
    ])("whose bytes are %s are fetched again for a minute, and then fail and cost nothing", async (_name, bytes) => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      const blobs = stage.blobs.blobs.size;
      stage.make(order, { bytesThere: bytes });
      await stage.time.pass(55);
      expect(statusesOf(await stage.set(order.id))).toStrictEqual(["drawing"]);
      expect(stage.outcomes.opened.length).toBeGreaterThan(2);
      await stage.time.pass(15);
      const set = await stage.untilFinished(order.id);
      expect([statusesOf(set), set.places[0].reason]).toStrictEqual([["failed"], "result_lost"]);
      expect([stage.credits.lastOf(order.id), stage.blobs.blobs.size]).toStrictEqual(["release", blobs]);
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toMatchObject([{ pictureIds: [], blocked: 0, failed: 1, reason: "result_lost" }]);
      expect(await valueOf(stage.likeness.images.list({ actor: owner }))).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("of 60 MB are not read to their end, each time that they are fetched", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      const read: number[] = [];
      const noting = () => megabytes(60, () => read.push((read.pop() ?? 0) + 1));
      stage.make(order, {
        bytesThere: () => {
          read.push(0);
          return noting();
        },
      });
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["failed"]);
      expect(read.length).toBeGreaterThan(2);
      expect(Math.max(...read)).toBeLessThanOrEqual(32);
    });

    it("that come at the second attempt are shown", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      stage.outcomes.failNext({ type: "provider-refused", status: 403, detail: "not yet" });
      stage.make(order);
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["shown"]);
      expect(stage.credits.lastOf(order.id)).toBe("capture");
      await expectInvariants(stage);
    });

    it("that were charged are shown, also if nothing could be written then and the provider has deleted them", async () => {
      const inner = recordingCredits();
      let database: "well" | "fails after the charge" | "away" = "well";
      const fragile = withParts(create, ({ atomically }) => ({
        atomically: (work) =>
          database === "away" ? errAsync({ type: "storage-failure", cause: "on purpose" }) : atomically(work),
      }));
      const capture = (orderId: string) =>
        inner.capture(orderId).andTee(() => {
          if (database === "fails after the charge") database = "away";
        });
      const stage = await openImageStage(fragile, { credits: { ...inner, capture } });
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      database = "fails after the charge";
      stage.make(order);
      await stage.time.until("it is charged", () => database === "away");
      stage.outcomes.serve(stage.outcomes.opened.at(-1) ?? "", new TextEncoder().encode("<html>"));
      database = "well";
      const set = await stage.untilFinished(order.id);
      const calls = inner.calls.filter(({ orderId }) => orderId === order.id).map(({ method }) => method);
      expect([statusesOf(set), new Set(calls)]).toStrictEqual([["shown"], new Set(["reserve", "capture"])]);
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      await expectInvariants(stage);
    });

    it("that are under way when the host switches pictures off are not sent any more, or come to an end unseen", async () => {
      const stage = await openImageStage(create);
      const [drawn] = await stage.accepted();
      if (!drawn) throw new Error("one was ordered");
      stage.provider.answerNextSubmit({ type: "submit-deferred", detail: "busy", retryAfterSeconds: 60 });
      const waiting = await valueOf(stage.likeness.images.generate({ actor: owner, scene: "cafe" }));
      await stage.time.until("it was deferred", () => stage.provider.submissions.length === 3);
      await stage.restart({ images: undefined });
      stage.make(drawn);
      const sets = [await stage.untilFinished(drawn.id), await stage.untilFinished(waiting.id)];
      expect(sets.map(({ places: [{ status, reason }] }) => [status, reason])).toStrictEqual([
        ["failed", "result_lost"],
        ["failed", "provider_unavailable"],
      ]);
      expect(stage.provider.submissions).toHaveLength(3);
      expect([drawn.id, waiting.id].map((id) => stage.credits.lastOf(id))).toStrictEqual(["release", "release"]);
      await stage.time.until("both are told", () => toldOf(stage).length === 2);
      const alarms = stage.log.entries.filter(({ level }) => level === "error").map(({ message }) => message);
      expect(new Set(alarms)).toStrictEqual(
        new Set(["an outcome could not be copied and is given up", "the order was not submitted"]),
      );
      expect(alarms).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("are one set for one key, however often and at once", async () => {
      const stage = await openImageStage(create);
      const command = { actor: owner, avatarId: stage.avatarId, scene: "cafe", count: 2, idempotencyKey: "press-1" };
      const sets = await Promise.all(
        Array.from({ length: 20 }, () => valueOf(stage.likeness.images.generate(command))),
      );
      expect(new Set(sets.map(({ id }) => id)).size).toBe(1);
      await stage.time.pass(10);
      expect(stage.provider.submissions.filter(({ order }) => order.kind === "image")).toHaveLength(2);
      const held = stage.credits.calls.map(({ orderId }) => orderId);
      expect(new Set(held.filter((id) => stage.credits.lastOf(id) === "reserve")).size).toBe(2);
      await expectInvariants(stage);
    });

    it("are refused beyond what the policy allows at once and a day, also 200 that are ordered at once", async () => {
      const policy = { maxParallelOrders: 2, maxOrdersPerDay: 4 };
      const stage = await openImageStage(create, { policy });
      const { likeness, avatarId } = stage;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => likeness.images.generate({ actor: owner, avatarId, scene: "cafe", count: 4 })),
      );
      const placed = answers.flatMap((answer) => (answer.isOk() ? [answer.value] : []));
      expect(placed).toHaveLength(2);
      expect(answers.filter((answer) => answer.isErr())[0]).toStrictEqual(
        err({ type: "too-many-orders", limit: "at-once", maximum: 2 }),
      );
      await stage.time.pass(10);
      expect(stage.provider.submissions.filter(({ order }) => order.kind === "image")).toHaveLength(8);
      const asked = new Set(stage.credits.calls.map(({ orderId }) => orderId));
      expect([...asked].filter((id) => stage.credits.lastOf(id) === "reserve")).toHaveLength(8);
      for (const { places } of placed) for (const { order } of places) stage.make(await stage.image(order.id));
      for (const { id } of placed) await stage.untilFinished(id);
      await stage.picture();
      expect(await likeness.images.generate({ actor: owner, avatarId, scene: "cafe" })).toStrictEqual(
        err({ type: "too-many-orders", limit: "per-day", maximum: 4, retryAt: "2026-11-24T00:00:00.000Z" }),
      );
      await expectInvariants(stage);
    });

    it("that were refused for want of credits leave nothing", async () => {
      const stage = await openImageStage(create);
      const { likeness, avatarId, credits } = stage;
      const reserved = credits.calls.length;
      credits.refuseNext("none are left");
      const refused = await likeness.images.generate({ actor: owner, avatarId, scene: "cafe", count: 2 });
      expect(refused).toStrictEqual(err({ type: "credits-refused", detail: "none are left" }));
      const touched = new Set(credits.calls.slice(reserved).map(({ orderId }) => orderId));
      expect([...touched].map((id) => credits.lastOf(id))).toStrictEqual(["release"]);
      expect(await valueOf(likeness.images.list({ actor: owner }))).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("are refused for what cannot be drawn", async () => {
      const { likeness, avatarId, draft } = await openImageStage(create);
      const { generate } = likeness.images;
      const draw = (command: object) => generate({ actor: owner, avatarId, ...command } as GenerateImages);
      expect(await draw({})).toMatchObject({ error: { type: "invalid-request", field: "scene" } });
      expect(await draw({ scene: "cafe", words: "me" })).toMatchObject({ error: { type: "invalid-request" } });
      expect(await draw({ scene: "nowhere" })).toStrictEqual(err({ type: "unknown-scene", scene: "nowhere" }));
      for (const wrong of [
        { count: 0 },
        { count: 11 },
        { count: 1.5 },
        { seed: -1 },
        { seed: 2 ** 31 },
        { ratio: "5:1" },
      ])
        expect(await draw({ scene: "cafe", ...wrong })).toMatchObject({
          error: { type: "invalid-request", field: Object.keys(wrong)[0] },
        });
      expect(await draw({ words: " \n " })).toMatchObject({ error: { type: "invalid-words", reason: "empty" } });
      expect(await draw({ words: "😀" })).toMatchObject({ error: { type: "invalid-words", reason: "no-letters" } });
      expect(await draw({ words: "x".repeat(1_001) })).toMatchObject({
        error: { type: "invalid-words", reason: "too-long", length: 1_001, limit: 1_000 },
      });
      const other = { actor: "owner:2", avatarId, scene: "cafe" };
      expect(await generate(other)).toStrictEqual(err({ type: "avatar-not-found", avatarId }));
      expect(await generate({ actor: "owner:2", scene: "cafe" })).toMatchObject({
        error: { type: "avatar-not-found" },
      });
      const { id } = await draft();
      expect(await generate({ actor: owner, avatarId: id, scene: "cafe" })).toStrictEqual(
        err({ type: "no-model", avatarId: id, status: "draft" }),
      );
    });

    it("take words that the host translates and screens, once", async () => {
      const asked: string[] = [];
      const stage = await openImageStage(create, {
        images: {
          translatePrompt: (words) => (asked.push(words), okAsync("by the sea")),
          screenPrompt: (words) =>
            words.includes("sea") ? okAsync(undefined) : errAsync({ type: "prompt-refused", detail: "no" }),
        },
      });
      const [order] = await stage.accepted({ words: "у моря\nв TOK_0badcafe мае" });
      expect(asked).toStrictEqual(["у моря в мае"]);
      expect(order?.snapshot).toMatchObject({
        prompt: expect.stringMatching(/^TOK_[0-9a-f]{8} person, by the sea$/),
        plan: { from: "words", words: "у моря в мае" },
      });
    });

    it("are cancelled while they wait", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted({ count: 2 });
      const cancelled = await valueOf(stage.likeness.images.cancel({ actor: owner, setId: order?.id ?? "" }));
      expect(statusesOf(cancelled)).toStrictEqual(["cancelled", "cancelled"]);
      await stage.untilFinished(cancelled.id);
      expect(cancelled.places.map((place) => stage.credits.lastOf(place.order.id))).toStrictEqual([
        "release",
        "release",
      ]);
      await stage.time.pass(60);
      expect(toldOf(stage)).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("that are being made when the set is cancelled come, and are charged", async () => {
      const stage = await openImageStage(create);
      const [running, waiting] = await stage.accepted({ count: 2 });
      if (!running || !waiting) throw new Error("two were ordered");
      const requestId = "request" in running.state ? (running.state.request?.requestId ?? "") : "";
      stage.provider.report(requestId, { type: "running" });
      await stage.time.until("it runs", async () => {
        const { state } = await stage.image(running.id);
        return state.status === "submitted" && state.progress.startedAt !== undefined;
      });
      const { cancel } = stage.likeness.images;
      const cancelled = await valueOf(cancel({ actor: owner, setId: running.id }));
      expect(statusesOf(cancelled)).toStrictEqual(["drawing", "cancelled"]);
      stage.make(running);
      await stage.untilFinished(running.id);
      await stage.time.until("it is told", () => toldOf(stage).length > 0);
      expect(toldOf(stage)).toMatchObject([{ pictureIds: [running.id], blocked: 0, failed: 0 }]);
      expect([running, waiting].map(({ id }) => stage.credits.lastOf(id))).toStrictEqual(["capture", "release"]);
      await expectInvariants(stage);
    });

    it("that come after they were cancelled are kept, but neither told nor charged", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      const requestId = "request" in order.state ? (order.state.request?.requestId ?? "") : "";
      await valueOf(stage.likeness.images.cancel({ actor: owner, setId: order.id }));
      const picture = aPictureFile({ width: undefined, height: undefined });
      await stage.deliver(order.id, { type: "succeeded", requestId, outcome: { picture } });
      await stage.untilSettled();
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["shown"]);
      await stage.time.pass(60);
      expect(toldOf(stage)).toStrictEqual([]);
      expect(stage.credits.lastOf(order.id)).toBe("release");
      await expectInvariants(stage);
    });

    it("that are copied again after they were given up stay free", async () => {
      const stage = await openImageStage(create);
      const [order] = await stage.accepted();
      if (!order) throw new Error("one was ordered");
      stage.make(order, { bytesThere: new Uint8Array() });
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["failed"]);
      const { outcome } = (await stage.image(order.id)).state as { outcome: { picture: { url: string } } };
      stage.outcomes.serve(outcome.picture.url, pictureBytes());
      await valueOf(stage.likeness.operator.copyAgain({ operator: "olga", orderId: order.id }));
      expect(statusesOf(await stage.untilFinished(order.id))).toStrictEqual(["shown"]);
      expect(stage.credits.calls).not.toContainEqual({ method: "capture", orderId: order.id });
      expect(stage.credits.lastOf(order.id)).toBe("release");
      await expectInvariants(stage);
    });

    it("end at the deadline although another order was sent with the same input and seed", async () => {
      const stage = await openImageStage(create, { policy: { imageDeadlineSeconds: 120 } });
      const command = { seed: 7, words: "by the sea" };
      const [first] = await stage.accepted(command);
      if (!first) throw new Error("one was ordered");
      stage.provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "504" });
      const second = await valueOf(stage.likeness.images.generate({ actor: owner, ...command }));
      stage.make(first);
      await stage.untilFinished(first.id);
      const set = await stage.untilFinished(second.id);
      expect([statusesOf(set), set.places[0].reason]).toStrictEqual([["failed"], "submit_unknown"]);
      await expectInvariants(stage);
    });

    it("go on while their avatar is trained again and its model is replaced, and end with it when it is erased", async () => {
      const stage = await openImageStage(create, { policy: { maxParallelOrders: 3 } });
      const { accepted, make, likeness, avatarId, untilFinished, trainingId } = stage;
      const [order] = await accepted();
      const { id: newer } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      const [another] = await accepted({ words: "in the rain" });
      if (!order || !another) throw new Error("two were ordered");
      expect(another.snapshot.trainingId).toBe(trainingId);
      make(order);
      expect(statusesOf(await untilFinished(order.id))).toStrictEqual(["shown"]);
      const request = requestOf(await stage.training(newer));
      stage.provider.report(request?.requestId ?? "", { type: "succeeded", outcome: aModel() });
      await stage.time.until("the model is copied", async () => {
        const { state, nextCheckAt } = await stage.training(newer);
        return state.status === "succeeded" && nextCheckAt === undefined;
      });
      make(another);
      expect(statusesOf(await untilFinished(another.id))).toStrictEqual(["shown"]);
      const [third] = await accepted();
      expect(third?.snapshot.trainingId).toBe(newer);
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId }));
      await stage.time.pass(120);
      expect(await valueOf(likeness.images.list({ actor: owner }))).toStrictEqual([]);
      expect(stage.blobs.blobs.size).toBe(0);
      expect(stage.credits.lastOf(third?.id ?? "")).toBe("release");
      await expectInvariants(stage);
    });
  });
}
