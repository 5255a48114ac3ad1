import { expect } from "vitest";
import type { Person } from "@likeness/grammy/testing";
import { journeySteps } from "./journey-steps.ts";
import type { JourneyStage } from "./journey-stage.ts";

type StepName = (typeof journeySteps)[number]["name"];

/** Takes a person through the journey, up to and with this step, seeing each through. */
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
