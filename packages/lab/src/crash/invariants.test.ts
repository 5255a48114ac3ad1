import { describe, expect, it } from "vitest";
import type { Observation, ObservedOrder, ObservedPicture } from "./stage/observe.ts";
import { cutOff, isIdle, judge, noTally } from "./invariants.ts";

const ready = { template: "training-ready", status: "sent", arrived: 1 } as const;

const sending = { ...ready, status: "sending" } as const;

const good: ObservedOrder = {
  id: "t",
  kind: "training",
  setId: "t",
  owner: "telegram:1",
  key: "avatar:the-order",
  status: "succeeded",
  posts: 1,
  taken: true,
  reason: null,
  ends: 1,
  finished: true,
  credits: "captured",
  messages: [ready],
};

const told = { template: "images-done", status: "sent", arrived: 1 } as const;

/** The first picture of a set, with what was told of the set. */
const drawn: ObservedOrder = {
  ...good,
  kind: "image",
  key: "avatar:pictures:press:1",
  picture: { made: "fine", kept: true, shown: 1 },
  messages: [told],
};
const blocked: Partial<ObservedOrder> = {
  picture: { made: "blocked", kept: false, shown: 0 },
  credits: "released",
};
const second: ObservedOrder = { ...drawn, id: "u", key: "avatar:pictures:press:2", messages: [] };

const drawnAnd = (change: Partial<ObservedPicture>): Partial<ObservedOrder> => ({
  picture: { made: "fine", kept: true, shown: 1, ...change },
});

const seenPictures = (change: Partial<ObservedOrder> = {}): Observation => ({
  orders: [{ ...drawn, ...change }, second],
  strangers: 0,
  pendingDeliveries: 0,
  jobs: [],
  openHolds: 0,
  ledgerProblems: [],
});

const seen = (change: Partial<ObservedOrder> = {}, rest: Partial<Observation> = {}): Observation => ({
  orders: [{ ...good, ...change }],
  strangers: 0,
  pendingDeliveries: 0,
  jobs: [],
  openHolds: 0,
  ledgerProblems: [],
  ...rest,
});

const expected = { owners: ["telegram:1"], doublesAllowed: 0 };
const expectedSet = { owners: [], sets: [{ owner: "telegram:1", key: "press" }], doublesAllowed: 0 };
const none = { ...noTally, orders: 1 };
const nothingWrong = { ...noTally, orders: 2 };
const released = "released";

describe("the invariants", () => {
  it.each<[string, Observation]>([
    ["a training that went well", seen()],
    ["one that fal failed", seen({ status: "failed", reason: "provider_error", credits: released })],
    [
      "one that fal never saw",
      seen({ status: "failed", reason: "submit_unknown", taken: false, posts: 0, credits: released }),
    ],
    ["one that was cancelled", seen({ status: "cancelled", messages: [], credits: released })],
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
    [
      "unfinished",
      seen({ status: "unknown", ends: 0, finished: false }),
      { lostOutcomes: 1 },
      "the provider ran it, and it is unknown",
    ],
    [
      "given up though fal ran it",
      seen({ status: "failed", reason: "submit_unknown", credits: released }),
      { lostOutcomes: 1 },
      "the provider ran it, and it is failed (submit_unknown)",
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
    [
      "cancelled, and told of",
      seen({ status: "cancelled", credits: released }),
      {},
      "1 messages about its outcome are stored",
    ],
    ["never settled", seen({ credits: "held" }), { wrongCredits: 1 }, "are held"],
    ["not charged", seen({ credits: released }), { wrongCredits: 1 }, "and are released"],
    ["never charged for", seen({ credits: "none" }), { wrongCredits: 1 }, "and are none"],
    ["left with a reservation", seen({}, { openHolds: 1 }), {}, "1 reservations of credits are left"],
    ["booked wrongly", seen({}, { ledgerProblems: ["7 held"] }), { wrongCredits: 1 }, "the ledger: 7 held"],
    ["a webhook that was not read", seen({}, { pendingDeliveries: 1 }), {}, "1 deliveries without an outcome"],
    ["a job that is left", seen({}, { jobs: ["sweep x"] }), {}, "a job is left: sweep x"],
    ["an order that was lost", seen({}, { orders: [] }), { orders: 0, lostOutcomes: 1 }, "has not one"],
    ["an order that became two", seen({}, { orders: [good, good] }), { orders: 2, lostOutcomes: 1 }, "has not one"],
  ])("are broken by a training that was %s", (_name, left, tally, problem) => {
    const { broken, ...counted } = judge(left, expected);
    expect(counted).toStrictEqual({ ...none, ...tally });
    expect(broken.join("\n")).toContain(problem);
  });

  it.each<[string, Observation]>([
    ["pictures that went well", seenPictures()],
    ["one that was blocked", seenPictures(blocked)],
    [
      "one that fal failed",
      seenPictures({ ...blocked, status: "failed", reason: "content_blocked", picture: undefined }),
    ],
  ])("hold for a set with %s", (_name, left) => {
    expect(judge(left, expectedSet)).toStrictEqual({ ...nothingWrong, broken: [] });
    expect(isIdle(left, expectedSet)).toBe(true);
  });

  it.each<[string, Partial<ObservedOrder>, Partial<typeof nothingWrong>, string]>([
    ["made and lost", { ...drawnAnd({ kept: false }), credits: released }, { lostOutcomes: 1 }, "the provider ran it"],
    ["never shown", drawnAnd({ shown: 0 }), { lostMessages: 1 }, "its picture was never shown"],
    ["blocked and kept", drawnAnd({ made: "blocked" }), { blockedShown: 1 }, "is blocked, and its owner has it"],
    ["blocked and charged", { ...blocked, credits: "captured" }, { wrongCredits: 1 }, "to be released"],
    ["of another set", { setId: "other" }, { lostOutcomes: 1 }, "ordered the set press once and has 2"],
    ["not told of", { messages: [] }, { lostMessages: 1 }, "0 messages about its outcome"],
    ["shown twice", drawnAnd({ shown: 2 }), { doubledMessages: 1 }, "1 messages doubled"],
    ["told of twice", { messages: [{ ...told, arrived: 2 }] }, { doubledMessages: 1 }, "1 messages doubled"],
  ])("are broken by a picture that was %s", (_name, change, tally, problem) => {
    const { broken, ...counted } = judge(seenPictures(change), expectedSet);
    expect(counted).toMatchObject(tally);
    expect(broken.join("\n")).toContain(problem);
  });

  it("are broken by a picture in a chat that nobody has", () => {
    expect(judge({ ...seenPictures(), strangers: 1 }, expectedSet)).toMatchObject({ blockedShown: 1 });
  });

  it("wait until a picture is finished", () => {
    expect(isIdle(seenPictures({ finished: false }), expectedSet)).toBe(false);
    expect(isIdle({ ...seenPictures(), orders: [] }, expectedSet)).toBe(false);
  });

  it("allow a failure that a fault of fal's makes, and no other", () => {
    const lost = seen({ status: "failed", reason: "result_lost", credits: released });
    const broken = (mayFail: string[]) => judge(lost, { ...expected, mayFail }).broken.length;
    expect([broken(["result_lost"]), broken(["submit_unknown"])]).toStrictEqual([0, 1]);
  });

  it("allow a message to be doubled where nothing else can be done", () => {
    const twice = seen({ messages: [{ ...ready, arrived: 2 }] });
    expect(judge(twice, { ...expected, doublesAllowed: 1 })).toMatchObject({ doubledMessages: 1, broken: [] });
  });

  it.each<[string, number, Observation]>([
    ["had noted as sent", 0, seen()],
    ["had noted as under way, of which nothing has come", 0, seen({ messages: [{ ...sending, arrived: 0 }] })],
    ["had sent, and not noted", 1, seen({ messages: [sending] })],
    ["had not begun", 0, seen({ messages: [{ ...ready, status: "pending", arrived: 0 }] })],
    [
      "had sent the pictures of",
      1,
      seenPictures({ messages: [{ ...told, status: "sending", arrived: 0 }], ...drawnAnd({ shown: 1 }) }),
    ],
  ])("know what may come twice of a message that a process %s when it died", (_, count, left) => {
    expect(cutOff(left)).toBe(count);
  });
});
