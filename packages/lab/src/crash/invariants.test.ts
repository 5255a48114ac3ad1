import { describe, expect, it } from "vitest";
import type { Evidence, OrderEvidence } from "./conductor/evidence.ts";
import { isIdle, judge } from "./invariants.ts";

const ready = { template: "training-ready", status: "sent", arrived: 1 } as const;

const good: OrderEvidence = {
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

const evidence = (change: Partial<OrderEvidence> = {}, rest: Partial<Evidence> = {}): Evidence => ({
  orders: [{ ...good, ...change }],
  pendingDeliveries: 0,
  jobs: [],
  ...rest,
});

const expected = { owners: ["telegram:1"], doublesAllowed: 0 };
const none = { orders: 1, doubleSubmits: 0, lostOutcomes: 0, lostMessages: 0, doubledMessages: 0 };

describe("the invariants", () => {
  it.each<[string, Evidence]>([
    ["a training that went well", evidence()],
    ["one that fal failed", evidence({ status: "failed", reason: "provider_error" })],
    ["one that fal never saw", evidence({ status: "failed", reason: "submit_unknown", taken: false, posts: 0 })],
    ["one that was cancelled", evidence({ status: "cancelled", messages: [] })],
    [
      "a word on the way that the outcome had overtaken",
      evidence({ messages: [ready, { template: "training-unconfirmed", status: "dead", arrived: 0 }] }),
    ],
  ])("hold for %s", (_name, left) => {
    expect(judge(left, expected)).toStrictEqual({ ...none, broken: [] });
    expect(isIdle(left, expected)).toBe(true);
  });

  it.each<[string, Evidence, Partial<typeof none>, string]>([
    ["paid twice", evidence({ posts: 2 }), { doubleSubmits: 1 }, "2 paid requests"],
    ["unfinished", evidence({ status: "unknown", ends: 0 }), { lostOutcomes: 1 }, "fal ran it, and it is unknown"],
    [
      "given up though fal ran it",
      evidence({ status: "failed", reason: "submit_unknown" }),
      { lostOutcomes: 1 },
      "fal ran it, and it is failed (submit_unknown)",
    ],
    ["ended twice", evidence({ ends: 2 }), {}, "it ended 2 times"],
    ["told of nothing", evidence({ messages: [] }), { lostMessages: 1 }, "0 messages about its outcome are stored"],
    [
      "told in vain",
      evidence({ messages: [{ ...ready, arrived: 0 }] }),
      { lostMessages: 1 },
      "training-ready (sent) never arrived",
    ],
    ["told twice", evidence({ messages: [{ ...ready, arrived: 2 }] }), { doubledMessages: 1 }, "1 messages doubled"],
    [
      "about to be told",
      evidence({ messages: [{ ...ready, status: "sending" }] }),
      {},
      "training-ready is still sending",
    ],
    ["cancelled, and told of", evidence({ status: "cancelled" }), {}, "1 messages about its outcome are stored"],
    ["a webhook that nobody read", evidence({}, { pendingDeliveries: 1 }), {}, "1 deliveries without an outcome"],
    ["a job that is left", evidence({}, { jobs: ["sweep x"] }), {}, "a job is left: sweep x"],
    ["an order that was lost", evidence({}, { orders: [] }), { orders: 0, lostOutcomes: 1 }, "has not one"],
    ["an order that became two", evidence({}, { orders: [good, good] }), { orders: 2, lostOutcomes: 1 }, "has not one"],
  ])("are broken by a training that was %s", (_name, left, tally, problem) => {
    const { broken, ...counted } = judge(left, expected);
    expect(counted).toStrictEqual({ ...none, ...tally });
    expect(broken.join("\n")).toContain(problem);
  });

  it("owe no message about an order of a kind that tells nobody, and allow none", () => {
    const silent = evidence({ kind: "picture", messages: [] });
    expect(judge(silent, expected)).toStrictEqual({ ...none, broken: [] });
    expect(judge(evidence({ kind: "picture" }), expected).broken).toHaveLength(1);
  });

  it("allow a failure that a fault of fal's makes, and no other", () => {
    const lost = evidence({ status: "failed", reason: "result_lost" });
    const broken = (mayFail: string[]) => judge(lost, { ...expected, mayFail }).broken.length;
    expect([broken(["result_lost"]), broken(["submit_unknown"])]).toStrictEqual([0, 1]);
  });

  it("allow a message to be doubled where nothing else can be done", () => {
    const twice = evidence({ messages: [{ ...ready, arrived: 2 }] });
    expect(judge(twice, { ...expected, doublesAllowed: 1 })).toMatchObject({ doubledMessages: 1, broken: [] });
  });
});
