import { expect, it } from "vitest";
import { findEndpoint, type Endpoint } from "../models/endpoints.ts";
import { behaviours } from "./behaviours.ts";

const at = (id: string): Endpoint => {
  const endpoint = findEndpoint(id);
  if (!endpoint) throw new Error(`There is no ${id}`);
  return endpoint;
};
const trainer = at("fal-ai/flux-lora-portrait-trainer");
const painter = at("fal-ai/flux-lora");
const pace = { queueSeconds: 1, trainingSeconds: 3 };

it("waits with what is only for pictures until one is ordered, and the same for trainings", () => {
  const { next, always, take } = behaviours(pace);
  next({ only: "pictures", picture: "flagged" });
  next({ outcome: "never" });
  expect(take(trainer)).toMatchObject({ outcome: "never", picture: "drawn" });
  expect(take(painter)).toMatchObject({ outcome: "ok", picture: "flagged" });
  expect(take(painter)).toMatchObject({ outcome: "ok", picture: "drawn" });
  always({ only: "trainings", outcome: "error" });
  expect([painter, trainer].map((endpoint) => take(endpoint).outcome)).toStrictEqual(["ok", "error"]);
});

it("takes back one behaviour, also when another is equal", () => {
  const { next, take } = behaviours(pace);
  const error = { outcome: "error" } as const;
  const takeBack = next(error);
  next(error);
  takeBack();
  takeBack();
  expect([painter, painter].map((endpoint) => take(endpoint).outcome)).toStrictEqual(["error", "ok"]);
});
