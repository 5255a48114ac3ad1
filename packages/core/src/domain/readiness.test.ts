import { describe, expect, it } from "vitest";
import type { Photo, PhotoState } from "./photo.ts";
import { readiness } from "./readiness.ts";

const photo = (state: PhotoState): Photo => ({
  id: "photo",
  avatarId: "avatar",
  number: 1,
  state,
  createdAt: "2026-01-01T00:00:00.000Z",
  version: 1,
});

const accepted: PhotoState = {
  status: "accepted",
  blobKey: "aa",
  facts: { sha256: "aa", fingerprint: "0000000000000000", width: 1, height: 1, bytes: 1 },
};

describe("readiness", () => {
  it("counts accepted photos only", () => {
    const photos = [
      accepted,
      accepted,
      { status: "pending" },
      { status: "rejected", rejection: { code: "empty" } },
    ] as const;
    expect(readiness(photos.map(photo), { minimum: 3, maximum: 5 })).toStrictEqual({
      accepted: 2,
      minimum: 3,
      maximum: 5,
      missing: 1,
    });
  });

  it("misses nothing once there are enough", () => {
    expect(readiness([accepted, accepted].map(photo), { minimum: 1, maximum: 5 }).missing).toBe(0);
  });
});
