import { describe, expect, it } from "vitest";
import { checkPolicy, defaultPolicy } from "./policy.ts";

describe("checkPolicy", () => {
  it("fills in what was not chosen, or chosen as undefined", () => {
    expect(checkPolicy()).toStrictEqual(defaultPolicy);
    expect(checkPolicy({ pollSeconds: undefined, sweepSeconds: 5 })).toStrictEqual({
      ...defaultPolicy,
      sweepSeconds: 5,
    });
  });

  it.each([
    [{ sweepSeconds: 0 }, "sweepSeconds"],
    [{ pollSeconds: -1 }, "pollSeconds"],
    [{ pollMaxSeconds: Number.NaN }, "pollMaxSeconds"],
    [{ submitTimeoutSeconds: Number.POSITIVE_INFINITY }, "submitTimeoutSeconds"],
    [{ trainingDeadlineSeconds: 50 }, "trainingDeadlineSeconds"],
    [{ unpaidPurchaseSeconds: 604_800 }, "unpaidPurchaseSeconds"],
    [{ retentionNoticeSeconds: 0 }, "retentionNoticeSeconds"],
  ])("does not start with %j", (chosen, name) => {
    expect(() => checkPolicy(chosen)).toThrow(name);
  });

  it("lets a wait be none", () => {
    expect(checkPolicy({ copyWaitSeconds: 0, nearDuplicateDistance: 0 })).toMatchObject({ copyWaitSeconds: 0 });
  });
});
