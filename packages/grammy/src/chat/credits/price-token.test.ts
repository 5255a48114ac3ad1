import { presets, ratios } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { callbackData } from "../callback-data.ts";
import { orderEra } from "../era.ts";
import { counts, priceIn, pricedChoice, readChoice } from "../pictures/picture-choice.ts";
import { priceToken } from "./price-token.ts";

const id = "00000000-0000-7000-8000-000000000001";
const price = { amount: 46_655, unit: "credits" };

describe("a price", () => {
  it("has room in every button that orders a training, with as many photos as there can be", () => {
    const overview = {
      avatar: { state: { status: "ready", trainingId: id } },
      trainings: [{ id }],
      readiness: { accepted: 50 },
    } as unknown as Parameters<typeof orderEra>[0];
    for (const preset of presets)
      expect(callbackData(`train-${preset}`, id, orderEra(overview) + priceToken(price)).length).toBeLessThan(65);
  });

  it("has room in every button that orders pictures, and is read from it", () => {
    for (const subject of [{ scene: "1a2b3c4d" }, { words: (2 ** 31 - 1).toString(36) }])
      for (const ratio of ratios)
        for (const count of counts) {
          const choice = { subject, ratio, count };
          const era = pricedChoice(choice, price);
          expect(callbackData("draw", id, era).length).toBeLessThan(65);
          expect(readChoice(era)).toStrictEqual(choice);
          expect(priceIn(era)).toBe("zzz");
        }
  });
});
