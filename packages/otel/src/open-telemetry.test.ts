import { createLikeness } from "@likeness/core";
import { aModel, photoBytes, signedDelivery, someProfiles, testPorts, valueOf } from "@likeness/testing";
import {
  SpanKind,
  SpanStatusCode,
  type MeterProvider as Meters,
  type TracerProvider as Tracers,
} from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { describe, expect, it, onTestFinished } from "vitest";
import { openTelemetry } from "./open-telemetry.ts";

const actor = "web:1";
const generous = { limit: 100, deadlineMs: 60_000 };

/** The SDK with its exporters in memory, and a deployment without workers. */
function open(providers: { readonly tracerProvider?: Tracers; readonly meterProvider?: Meters } = {}) {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 1_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(openTelemetry({ tracerProvider, meterProvider, ...providers }));
  onTestFinished(() => meterProvider.shutdown());
  const fakes = testPorts({ profiles: someProfiles({ minimum: 1, maximum: 3 }) });
  const { ports, clock, provider } = fakes;
  const likeness = createLikeness(ports);

  const order = async (): Promise<string> => {
    const avatar = await valueOf(
      likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    await valueOf(likeness.photos.add({ actor, avatarId: avatar.id, bytes: photoBytes() }));
    return (await valueOf(likeness.trainings.start({ actor, avatarId: avatar.id }))).id;
  };
  const finish = async (orderId: string): Promise<void> => {
    const requestId = provider.requests[0]?.requestId ?? "";
    const event = { type: "succeeded", requestId, outcome: aModel() } as const;
    const token = new URL((await ports.webhooks?.address.urlFor(orderId)) ?? "").searchParams.get("token") ?? "";
    const admission = await valueOf(likeness.webhooks.admit({ orderId, token }));
    const { headers, body } = signedDelivery(event, { receivedAt: clock.now() });
    await valueOf(likeness.webhooks.receive({ admission, headers, body }));
    await valueOf(likeness.runDue(generous));
  };
  const points = async (name: string) => {
    await meterProvider.forceFlush();
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    const found = metrics.filter(({ descriptor }) => descriptor.name === name);
    return found.flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
  };
  return { ...fakes, likeness, order, finish, points, spans: () => spans.getFinishedSpans() };
}

describe("openTelemetry", () => {
  it("makes a span of each job, with the calls of the provider below it", async () => {
    const { likeness, order, spans } = open();
    const orderId = await order();
    await valueOf(likeness.runDue(generous));
    const job = spans().find(({ name }) => name === "job order.submit");
    expect(job).toMatchObject({
      kind: SpanKind.CONSUMER,
      status: { code: SpanStatusCode.UNSET },
      attributes: { "likeness.order.id": orderId, "likeness.attempt": 1, "likeness.outcome": "done" },
    });
    const calls = spans().filter(({ name }) => name.startsWith("example "));
    expect(calls.map(({ name }) => name)).toStrictEqual(["example prepare", "example submit"]);
    for (const call of calls) {
      expect(call.parentSpanContext?.spanId).toBe(job?.spanContext().spanId);
      expect(call).toMatchObject({ kind: SpanKind.CLIENT, attributes: { "likeness.owner.id": actor } });
    }
    const statuses = job?.events.map(({ attributes }) => attributes?.["likeness.order.status"]);
    expect(statuses).toStrictEqual(["submitting", "submitted"]);
  });

  it("makes spans of webhooks and messages", async () => {
    const { likeness, order, finish, spans } = open();
    const orderId = await order();
    await valueOf(likeness.runDue(generous));
    await finish(orderId);
    const received = { "likeness.order.id": orderId, "likeness.outcome": "new" };
    expect(spans()).toContainEqual(
      expect.objectContaining({ name: "webhook receive", attributes: expect.objectContaining(received) }),
    );
    const told = { "likeness.message.template": "training-ready", "likeness.outcome": "sent" };
    expect(spans()).toContainEqual(
      expect.objectContaining({ name: "message training-ready", attributes: expect.objectContaining(told) }),
    );
  });

  it("marks what failed", async () => {
    const { likeness, order, provider, spans } = open();
    provider.failNext("prepare", { type: "provider-unavailable", detail: "a text of the provider" });
    await order();
    await valueOf(likeness.runDue(generous));
    const call = spans().find(({ name }) => name === "example prepare");
    expect(call?.status).toStrictEqual({ code: SpanStatusCode.ERROR });
    expect(call?.attributes).toMatchObject({ "likeness.outcome": "provider-unavailable" });
    expect(JSON.stringify(spans().map(({ attributes, events, status }) => [attributes, events, status]))).not.toContain(
      "a text of",
    );
  });

  it("counts and times by kinds and outcomes, without ids", async () => {
    const { likeness, order, finish, points } = open();
    const orderId = await order();
    await valueOf(likeness.runDue(generous));
    await finish(orderId);
    const orders = await points("likeness.orders");
    expect(orders).toContainEqual({
      attributes: { "likeness.order.kind": "training", "likeness.order.status": "succeeded" },
      value: 1,
    });
    const calls = await points("likeness.provider.duration");
    expect(calls).toContainEqual({
      attributes: {
        "likeness.provider": "example",
        "likeness.provider.method": "submit",
        "likeness.order.kind": "training",
        "likeness.outcome": "ok",
      },
      value: expect.objectContaining({ count: 1 }),
    });
    const settled = { attributes: { "likeness.delivery.source": "example", "likeness.outcome": "applied" }, value: 1 };
    expect(await points("likeness.deliveries")).toStrictEqual([settled]);
    const jobs = await points("likeness.job.duration");
    const all = [...orders, ...calls, ...jobs].flatMap(({ attributes }) => Object.keys(attributes));
    expect(all.filter((name) => name.endsWith(".id") || name.endsWith(".key"))).toStrictEqual([]);
  });

  it("does not disturb the work when the SDK throws", async () => {
    const broken = () => {
      throw new Error("on purpose");
    };
    const tracerProvider: Tracers = { getTracer: () => ({ startSpan: broken, startActiveSpan: broken }) };
    const { likeness, order, storage } = open({ tracerProvider });
    const orderId = await order();
    expect(await valueOf(likeness.runDue(generous))).toMatchObject({ failed: 0 });
    expect((await valueOf(storage.store.orders.find(orderId)))?.state.status).toBe("submitted");
  });
});
