/** The suites on the host's vitest. */
import {
  describeBlobStore,
  describeLikeness,
  describeStore,
  memoryBlobStore,
  memoryStore,
  testClock,
} from "@likeness/testing";
import { describe, expect, it } from "vitest";

describeBlobStore("memory", async () => memoryBlobStore());
describeStore("memory", async () => memoryStore({ clock: testClock() }).store);
describeLikeness("memory", async (clock) => memoryStore({ clock }), { stories: 5 });

describe("the host's own test", () => {
  it("stands beside them", () => expect(1 + 1).toBe(2));
});
