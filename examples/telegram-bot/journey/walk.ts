import { expect } from "vitest";
import type { Person } from "@likeness/grammy/testing";
import { journeySteps } from "./journey-steps.ts";
import type { JourneyStage } from "./journey-stage.ts";

type StepName = (typeof journeySteps)[number]["name"];

/** Runs the steps of the journey up to and including this one, waiting for the result of each. */
export async function walk(
  { until }: JourneyStage,
  person: Person,
  last: StepName,
  photos: readonly Buffer[] = [],
): Promise<void> {
  for (const step of journeySteps) {
    step.act(person, photos);
    await until(() => expect(step.seen(person, photos), step.name).toBe(true));
    if (step.name === last) return;
  }
}
