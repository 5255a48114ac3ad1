import type { AvatarOverview } from "@likeness/core";
import { aPhoto, anAvatar, testStart } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import type { Burst } from "../../conversation/conversation.ts";
import { sayIn } from "../../texts/say.ts";
import { wording } from "./__fixtures__/seen.ts";
import { burstStatus } from "./burst-status.ts";

const rejection = { code: "truncated" } as const;
const burst: Burst = { avatarId: "ada", firstNumber: 3, photos: 12, lastArrivalAt: testStart, settled: false };

/** Fourteen rejected photos. */
const overview: AvatarOverview = {
  avatar: anAvatar(),
  photos: Array.from({ length: 14 }, (_, index) =>
    aPhoto({ number: index + 1, state: { status: "rejected", rejection } }),
  ),
  readiness: { accepted: 0, minimum: 10, maximum: 20, missing: 10 },
  trainings: [],
};

/** Says what it is given. */
const say = sayIn({ translate: (key, given) => (key === "photos.status" ? JSON.stringify(given) : undefined) });

describe("burstStatus", () => {
  it("lists the first ten rejected photos of its burst, and counts the others", () => {
    const { said } = burstStatus({ say }, { locale: "en" }, overview, burst);
    expect(JSON.parse(wording(said))).toStrictEqual({
      name: "Ada",
      accepted: 0,
      minimum: 10,
      maximum: 20,
      checking: 0,
      rejected: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => ({ number, rejection })),
      moreRejected: 2,
    });
  });

  it("offers to undo only what can be undone", () => {
    const labels = ({ photos }: Pick<AvatarOverview, "photos">) =>
      burstStatus({ say }, { locale: "en" }, { ...overview, photos }, burst).keyboard.inline_keyboard.map((row) =>
        row.map(({ text }) => text),
      );
    expect(labels(overview)).toStrictEqual([["Continue"]]);
    expect(
      labels({ photos: [...overview.photos, aPhoto({ number: 15, state: { status: "pending" } })] }),
    ).toStrictEqual([["Undo last photo", "Continue"]]);
  });

  it("leaves a single photo to the reply to it", () => {
    const { said } = burstStatus({ say }, { locale: "en" }, overview, { ...burst, photos: 1 });
    expect(JSON.parse(wording(said))).toMatchObject({ rejected: [], moreRejected: 0 });
  });

  it("has another digest when anything of it looks different", () => {
    const digestIn = (locale: string, name = "Ada") =>
      burstStatus({ say: sayIn({}) }, { locale }, { ...overview, avatar: anAvatar({ id: "same", name }) }, burst)
        .digest;
    expect(digestIn("en")).toBe(digestIn("en"));
    expect(new Set([digestIn("en"), digestIn("ru"), digestIn("en", "Bob")]).size).toBe(3);
  });
});
