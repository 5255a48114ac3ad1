import type { ImageOrder, Outcome, Prepared, Recipes } from "@likeness/core";
import { testClock, valueOf } from "@likeness/testing";
import { err, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aPictureOrder, aPictureSnapshot } from "../__fixtures__/pictures.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { falOutcomeSource } from "../outcomes/fal-outcome-source.ts";
import { aPicture } from "../testing/__fixtures__/a-picture.ts";
import type { FalFakeBehaviour } from "../testing/index.ts";

const size = { width: 160, height: 208 };

/** fal with an order of a picture that was prepared, and what becomes of it. */
async function drawing(makes: keyof Recipes) {
  const clock = testClock();
  const bench = await servedFake(clock);
  const { provider, fake, url } = bench;
  const source = new Uint8Array(await aPicture(64, 48).arrayBuffer());
  const entries =
    makes === "image"
      ? []
      : [{ file: "source", bytes: source.byteLength, open: () => okAsync(new Blob([source]).stream()) }];
  const snapshot = aPictureSnapshot(makes, {
    ...(makes === "upscale" ? {} : { loras: [] }),
    ...(makes === "image" && { image_size: size }),
  });
  const submitting = (prepared: Prepared): ImageOrder =>
    aPictureOrder(snapshot, { status: "submitting", prepared, submitStartedAt: clock.now() });
  const prepared = await valueOf(provider.prepare(submitting({ input: {} }), { name: "order-1", entries }));
  const order = submitting(prepared);
  const submit = (behaviour: FalFakeBehaviour = {}) => {
    fake.control.next({ webhook: "lost", ...behaviour });
    return provider.submit({ order, prepared });
  };
  const drawn = async (behaviour?: FalFakeBehaviour) => {
    const request = await valueOf(submit(behaviour));
    await clock.advance(60);
    const { prepared: sent } = order.state;
    const state = {
      status: "submitted",
      prepared: sent ?? prepared,
      request,
      submittedAt: clock.now(),
      progress: {},
    } as const;
    return provider.look(aPictureOrder(snapshot, state));
  };
  const open = (outcome: Outcome) => {
    const outcomes = falOutcomeSource({ hosts: { queue: url, rest: url, api: url }, clock });
    return outcomes.open(outcome["picture"] ?? { url: "" });
  };
  return { ...bench, clock, order, submit, drawn, open };
}

describe("falProvider, for pictures at the fake,", () => {
  it.each(["image", "variation", "upscale"] as const)("%s: from the order to its bytes", async (makes) => {
    const { drawn, open, fake } = await drawing(makes);
    const event = (await drawn())._unsafeUnwrap();
    const picture = { url: expect.any(String), contentType: "image/jpeg" };
    expect(event).toMatchObject({ type: "succeeded", outcome: { picture } });
    const stream = await valueOf(open(event.type === "succeeded" ? event.outcome : {}));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    expect(bytes.slice(0, 3)).toStrictEqual(Uint8Array.of(0xff, 0xd8, 0xff));
    expect(fake.control.accepted()).toHaveLength(1);
  });

  it("is copied within an hour, after which fal has deleted it", async () => {
    const { drawn, open, clock } = await drawing("image");
    const event = (await drawn())._unsafeUnwrap();
    const outcome = event.type === "succeeded" ? event.outcome : {};
    await clock.advance(3600);
    expect(await open(outcome)).toStrictEqual(err({ type: "request-not-found" }));
  });

  it("blocks what is flagged, and not what only is black", async () => {
    const { drawn } = await drawing("image");
    expect(await drawn({ picture: "flagged" })).toMatchObject(ok({ outcome: { picture: { blocked: "flagged" } } }));
    const black = (await drawn({ picture: "black" }))._unsafeUnwrap();
    expect(black.type === "succeeded" && Object.keys(black.outcome["picture"] ?? {})).toStrictEqual([
      "url",
      "contentType",
    ]);
  });

  it.each([
    ["content-blocked", "content_blocked"],
    ["input-gone", "input_gone"],
    ["error", undefined],
  ] as const)("fails of %s with the reason %s", async (outcome, reason) => {
    const { drawn } = await drawing("image");
    const event = (await drawn({ outcome }))._unsafeUnwrap();
    expect(event.type === "failed" && event.reason).toBe(reason);
  });

  it("is refused for its content at once", async () => {
    const { submit, fake } = await drawing("image");
    expect(await submit({ submit: "content-blocked" })).toMatchObject(
      err({ type: "submit-refused", status: 422, reason: "content_blocked" }),
    );
    expect(fake.control.accepted()).toStrictEqual([]);
  });

  it.each(["image", "variation"] as const)("finds a(n) %s whose answer was lost, having posted once", async (makes) => {
    const { submit, order, provider, fake } = await drawing(makes);
    fake.control.history("all");
    expect((await submit({ submit: "drop-after-accepting" }))._unsafeUnwrapErr().type).toBe("submit-unconfirmed");
    const [lost] = fake.control.accepted();
    expect(await provider.find(order)).toStrictEqual(ok({ requestId: lost?.requestId }));
  });

  it("is erased with its source", async () => {
    const { drawn, order, provider, fake } = await drawing("upscale");
    const event = (await drawn())._unsafeUnwrap();
    const { prepared } = order.state;
    const source = z.string().parse(prepared?.input["image_url"]);
    expect((await fetch(source)).status).toBe(200);
    const { requestId } = event;
    const { endpoint } = order.snapshot;
    expect(await provider.erase({ orderId: order.id, endpoint, prepared, requestId })).toStrictEqual(ok(undefined));
    expect((await fetch(source)).status).toBe(404);
    const url = event.type === "succeeded" ? (event.outcome["picture"]?.url ?? "") : "";
    expect((await fetch(url)).status).toBe(404);
    expect(fake.control.accepted()).toHaveLength(1);
  });
});
