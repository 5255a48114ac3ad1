import { describe, expect, it } from "vitest";
import type { Observation, ObservedOrder } from "./stage/observe.ts";
import { isIdle, judge } from "./invariants.ts";

const ready = { template: "training-ready", status: "sent", arrived: 1 } as const;

const good: ObservedOrder = {
  id: "t",
  kind: "training",
  owner: "telegram:1",
  status: "succeeded",
  posts: 1,
  taken: true,
  reason: null,
  ends: 1,
  messages: [ready],
};

const seen = (change: Partial<ObservedOrder> = {}, rest: Partial<Observation> = {}): Observation => ({
  orders: [{ ...good, ...change }],
  pendingDeliveries: 0,
  jobs: [],
  ...rest,
});

const expected = { owners: ["telegram:1"], doublesAllowed: 0 };
const none = { orders: 1, doubleSubmits: 0, lostOutcomes: 0, lostMessages: 0, doubledMessages: 0 };

describe("the invariants", () => {
  it.each<[string, Observation]>([
    ["a training that went well", seen()],
    ["one that fal failed", seen({ status: "failed", reason: "provider_error" })],
    ["one that fal never saw", seen({ status: "failed", reason: "submit_unknown", taken: false, posts: 0 })],
    ["one that was cancelled", seen({ status: "cancelled", messages: [] })],
    [
      "a word on the way that the outcome had overtaken",
      seen({ messages: [ready, { template: "training-unconfirmed", status: "dead", arrived: 0 }] }),
    ],
  ])("hold for %s", (_name, left) => {
    expect(judge(left, expected)).toStrictEqual({ ...none, broken: [] });
    expect(isIdle(left, expected)).toBe(true);
  });

  it.each<[string, Observation, Partial<typeof none>, string]>([
    ["paid twice", seen({ posts: 2 }), { doubleSubmits: 1 }, "2 paid requests"],
    ["unfinished", seen({ status: "unknown", ends: 0 }), { lostOutcomes: 1 }, "fal ran it, and it is unknown"],
    [
      "given up though fal ran it",
      seen({ status: "failed", reason: "submit_unknown" }),
      { lostOutcomes: 1 },
      "fal ran it, and it is failed (submit_unknown)",
    ],
    ["ended twice", seen({ ends: 2 }), {}, "it ended 2 times"],
    ["told of nothing", seen({ messages: [] }), { lostMessages: 1 }, "0 messages about its outcome are stored"],
    [
      "told in vain",
      seen({ messages: [{ ...ready, arrived: 0 }] }),
      { lostMessages: 1 },
      "training-ready (sent) never arrived",
    ],
    ["told twice", seen({ messages: [{ ...ready, arrived: 2 }] }), { doubledMessages: 1 }, "1 messages doubled"],
    ["about to be told", seen({ messages: [{ ...ready, status: "sending" }] }), {}, "training-ready is still sending"],
    ["cancelled, and told of", seen({ status: "cancelled" }), {}, "1 messages about its outcome are stored"],
    ["a webhook that was not read", seen({}, { pendingDeliveries: 1 }), {}, "1 deliveries without an outcome"],
    ["a job that is left", seen({}, { jobs: ["sweep x"] }), {}, "a job is left: sweep x"],
    ["an order that was lost", seen({}, { orders: [] }), { orders: 0, lostOutcomes: 1 }, "has not one"],
    ["an order that became two", seen({}, { orders: [good, good] }), { orders: 2, lostOutcomes: 1 }, "has not one"],
  ])("are broken by a training that was %s", (_name, left, tally, problem) => {
    const { broken, ...counted } = judge(left, expected);
    expect(counted).toStrictEqual({ ...none, ...tally });
    expect(broken.join("\n")).toContain(problem);
  });

  it("owe no message about an order of a kind without messages, and allow none", () => {
    const silent = seen({ kind: "picture", messages: [] });
    expect(judge(silent, expected)).toStrictEqual({ ...none, broken: [] });
    expect(judge(seen({ kind: "picture" }), expected).broken).toHaveLength(1);
  });

  it("allow a failure that a fault of fal's makes, and no other", () => {
    const lost = seen({ status: "failed", reason: "result_lost" });
    const broken = (mayFail: string[]) => judge(lost, { ...expected, mayFail }).broken.length;
    expect([broken(["result_lost"]), broken(["submit_unknown"])]).toStrictEqual([0, 1]);
  });

  it("allow a message to be doubled where nothing else can be done", () => {
    const twice = seen({ messages: [{ ...ready, arrived: 2 }] });
    expect(judge(twice, { ...expected, doublesAllowed: 1 })).toMatchObject({ doubledMessages: 1, broken: [] });
  });
});
