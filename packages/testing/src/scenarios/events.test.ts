import { tracingChannel, type TracingChannelSubscribers } from "node:diagnostics_channel";
import { createLikeness, listen, logEvents, type EventListeners, type LikenessEvents } from "@likeness/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { recordingLog } from "../clock/recording-log.ts";
import { closedGate } from "../contracts/gate.ts";
import { memoryStore } from "../fakes/storage/memory-store.ts";
import { testPorts } from "../fakes/test-ports.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { openStage, owner, type CreateStorage } from "./stage.ts";

const memory: CreateStorage = async (clock) => memoryStore({ clock });

const names = ["order", "job", "provider", "delivery", "message"] as const satisfies (keyof LikenessEvents)[];

/** Everything that a subscriber of Node's channels sees, in every phase, as it is then. */
function recordChannels() {
  const seen: { readonly channel: string; readonly phase: string; readonly event: object }[] = [];
  for (const channel of names) {
    const phase = (name: string) => (event: object) => seen.push({ channel, phase: name, event: { ...event } });
    const subscribers = Object.fromEntries(
      ["start", "end", "asyncStart", "asyncEnd", "error"].map((name) => [name, phase(name)]),
    ) as unknown as TracingChannelSubscribers<object>;
    const tracing = tracingChannel<unknown, object>(`likeness:${channel}`);
    tracing.subscribe(subscribers);
    onTestFinished(() => tracing.unsubscribe(subscribers));
  }
  return seen;
}

/** Everything that `listen` tells when it has ended. */
function recordEnds() {
  const ends: { readonly [Name in keyof LikenessEvents]: LikenessEvents[Name][] } = {
    order: [],
    job: [],
    provider: [],
    delivery: [],
    message: [],
  };
  const listeners: EventListeners = {
    order: { end: (event) => ends.order.push(event) },
    job: { end: (event) => ends.job.push(event) },
    provider: { end: (event) => ends.provider.push(event) },
    delivery: { end: (event) => ends.delivery.push(event) },
    message: { end: (event) => ends.message.push(event) },
  };
  onTestFinished(
    listen(listeners, (cause) => {
      throw cause;
    }),
  );
  return ends;
}

describe("events", () => {
  it("tell how a training fares, with the ids that an operator needs", async () => {
    const ends = recordEnds();
    const { submitted, deliver, untilSettled, untilStatus, time, notifier, log } = await openStage(memory);
    const { training, request } = await submitted();
    const { requestId } = request;
    await deliver(training.id, { type: "succeeded", requestId, outcome: aModel() });
    await untilStatus(training.id, "succeeded");
    await untilSettled();
    await time.until("the owner is told", () => notifier.attempts.length > 0);
    await time.pass(1);

    const ids = { orderId: training.id, orderKind: "training", avatarId: training.avatarId, ownerId: owner };
    expect(ends.order).toMatchObject([
      { ...ids, status: "requested" },
      { ...ids, before: "requested", status: "submitting" },
      { ...ids, before: "submitting", status: "submitted", requestId },
      { ...ids, before: "submitted", status: "succeeded", requestId },
    ]);
    const milliseconds = expect.any(Number);
    expect(ends.provider.slice(0, 2)).toMatchObject([
      { provider: "example", method: "prepare", ...ids, outcome: "ok", milliseconds },
      { provider: "example", method: "submit", ...ids, outcome: "ok", milliseconds },
    ]);
    const { orderId } = ids;
    expect(ends.delivery).toMatchObject([
      { step: "receive", orderId, source: "example", outcome: "new", milliseconds },
      { step: "settle", orderId, source: "example", outcome: "applied", deliveryId: expect.any(String) },
    ]);
    expect(ends.job).toContainEqual(
      expect.objectContaining({
        kind: "order.submit",
        key: orderId,
        orderId,
        attempt: 1,
        outcome: "done",
        milliseconds,
      }),
    );
    const { orderKind: _, ...whose } = ids;
    const message = { ...whose, template: "training-ready", attempt: 1 };
    expect(ends.message).toMatchObject([
      { ...message, notificationId: expect.any(String), outcome: "sent", milliseconds },
    ]);

    const lines = log.entries.filter(({ level }) => level === "info").map(({ message: line }) => line);
    const once = [
      "training -> submitted",
      "training -> succeeded",
      "webhook -> applied",
      "avatar -> ready",
      "message -> sent",
    ];
    expect(once.map((line) => lines.filter((other) => other === line).length)).toStrictEqual(once.map(() => 1));
  });

  it("tell of a result that came when its order was over", async () => {
    const ends = recordEnds();
    const { submitted, deliver, untilSettled, likeness } = await openStage(memory);
    const { training, request } = await submitted();
    await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: training.avatarId }));
    await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
    await untilSettled();
    const { id: orderId } = training;
    expect(ends.order).toContainEqual(expect.objectContaining({ orderId, status: "cancelled", note: "late-result" }));
    expect(ends.delivery.at(-1)).toMatchObject({ orderId, outcome: "late" });
  });

  it("never hold texts, tokens, addresses of files or bytes, nor does the log", async () => {
    const seen = recordChannels();
    const debug = recordingLog();
    onTestFinished(logEvents(debug));
    const words = "a lighthouse keeper named Aurelia";
    const stage = await openImageStage(memory);
    const { likeness, ports, trainingId, log, time, notifier, provider } = stage;
    const [order] = await stage.accepted({ words, count: 1 });
    if (!order) throw new Error("no picture was ordered");
    stage.make(order);
    await stage.untilFinished(order.id);
    const [flawed] = await stage.accepted({ words, count: 1 });
    if (!flawed) throw new Error("no picture was ordered");
    stage.fail(flawed);
    await stage.untilFinished(flawed.id);
    const asked = provider.requests.at(-1)?.requestId ?? "";
    await stage.deliver(trainingId, { type: "failed", requestId: "another", detail: "a text of the provider" });
    await stage.deliver(flawed.id, { type: "failed", requestId: asked, detail: "a text of the provider" });
    await stage.untilSettled();
    notifier.answerNext({ type: "notifier-failure", detail: "a text of the channel" });
    await stage.accepted({ scene: "cafe" });
    await valueOf(likeness.owners.erase({ actor: owner }));
    await time.pass(120);

    const phases = new Set(seen.map(({ channel, phase }) => `${channel} ${phase}`));
    for (const channel of ["job", "provider", "delivery", "message"]) expect(phases).toContain(`${channel} asyncEnd`);
    expect([...phases].filter((phase) => phase.endsWith("error"))).toStrictEqual([]);
    expect(debug.entries.length).toBeGreaterThan(10);
    const token = new URL((await ports.webhooks?.address.urlFor(trainingId)) ?? "").searchParams.get("token") ?? "";
    const secrets = ["Ada", "Aurelia", "lighthouse", "://", "files.example", token, "signature"];
    const values = [...seen.map(({ event }) => event), ...log.entries, ...debug.entries];
    const told = values.map((value) => JSON.stringify(value));
    expect(secrets.filter((secret) => told.some((line) => line.includes(secret)))).toStrictEqual([]);
    const inEvents = [...seen.map(({ event }) => event), ...debug.entries].map((value) => JSON.stringify(value));
    expect(inEvents.filter((line) => line.includes("a text of") || line.includes("on purpose"))).toStrictEqual([]);
    const flat = seen.flatMap(({ event }) => Object.values(event));
    expect(flat.filter((value) => !["string", "number", "boolean", "undefined"].includes(typeof value))).toStrictEqual(
      [],
    );
  });

  it("do not disturb the work when a listener throws, rejects or never ends", async () => {
    const faults: unknown[] = [];
    const endless = closedGate();
    const bad = (event: object) => {
      if ("method" in event) throw new Error("on purpose");
      return "attempt" in event ? Promise.reject(new Error("rejected")) : endless.passed;
    };
    const each = { begin: bad, end: bad };
    onTestFinished(
      listen({ order: each, job: each, provider: each, delivery: each, message: each }, (cause) => faults.push(cause)),
    );
    const { submitted, provider, untilStatus, time, notifier } = await openStage(memory);
    const { training, request } = await submitted();
    provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
    await untilStatus(training.id, "succeeded");
    await time.until("the owner is told", () => notifier.attempts.length > 0);
    expect(new Set(faults.map(String))).toStrictEqual(new Set(["Error: on purpose", "Error: rejected"]));
  });

  it("are logged as one line each, at info, with what they are about", async () => {
    const stage = await openImageStage(memory);
    const { id: pictureId, avatarId } = await stage.picture();
    const [black] = await stage.accepted();
    if (!black) throw new Error("no picture was ordered");
    stage.make(black, { blocked: "flagged" });
    await stage.untilFinished(black.id);
    await valueOf(stage.likeness.images.remove({ actor: owner, pictureId }));
    await valueOf(stage.likeness.avatars.rename({ actor: owner, avatarId, name: "Grace" }));
    await valueOf(stage.likeness.avatars.erase({ actor: owner, avatarId }));
    const lines = stage.log.entries
      .filter(({ level }) => level === "info")
      .map(({ message, fields }) => [message, fields] as const);
    const [orderId, blocked] = [pictureId, "flagged"];
    const whose = { avatarId, ownerId: owner };
    expect(lines).toStrictEqual(
      expect.arrayContaining([
        ["avatar created", { ...whose, kind: "portrait" }],
        ["photo accepted", { photoId: expect.any(String), avatarId, number: 3 }],
        ["avatar -> training", { ...whose, orderId: stage.trainingId }],
        ["avatar -> ready", { ...whose, orderId: stage.trainingId }],
        ["image -> submitted", { ...whose, kind: "image", orderId, requestId: expect.any(String) }],
        ["picture copied", { orderId, avatarId }],
        ["image -> succeeded", { ...whose, kind: "image", orderId: black.id, requestId: expect.any(String), blocked }],
        ["picture removed", { orderId }],
        ["avatar erased", { avatarId }],
      ]),
    );
    const told = lines.map((line) => JSON.stringify(line));
    expect(told.filter((line, index) => told.indexOf(line) !== index)).toStrictEqual([]);
  });

  it("are not published about what was rolled back", async () => {
    const ends = recordEnds();
    const { ports, storage } = testPorts();
    const likeness = createLikeness({
      ...ports,
      store: {
        ...storage.store,
        atomically: (work) =>
          storage.store.atomically((tx) => {
            const worked = work(tx);
            storage.setDown(true);
            return worked;
          }),
      },
    });
    const created = await likeness.avatars.create({
      actor: owner,
      kind: "portrait",
      gender: "unspecified",
      name: "Ada",
    });
    expect(created.isErr()).toBe(true);
    expect(ends.order).toStrictEqual([]);
    expect(ports.log).toMatchObject({ entries: [] });
  });

  it("stop when nobody listens any more", async () => {
    const heard: object[] = [];
    listen({ order: { end: (event) => heard.push(event) } }, () => undefined)();
    const { ports } = testPorts();
    const likeness = createLikeness(ports);
    const avatar = await valueOf(
      likeness.avatars.create({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    await valueOf(likeness.photos.add({ actor: owner, avatarId: avatar.id, bytes: photoBytes() }));
    expect(heard).toStrictEqual([]);
  });
});
