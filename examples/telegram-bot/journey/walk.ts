import { expect } from "vitest";
import type { Person } from "@likeness/grammy/testing";
import { journeySteps } from "./journey-steps.ts";
import type { JourneyStage } from "./journey-stage.ts";

type StepName = (typeof journeySteps)[number]["name"];

/** Takes the steps of the journey up to and including this one, and waits for the result of everything it does. */
export async function walk(
  { until }: JourneyStage,
  person: Person,
  last: StepName,
  photos: readonly Buffer[] = [],
): Promise<void> {
  for (const step of journeySteps) {
    for (const { act, seen } of [...(step.first ?? []), step]) {
      act(person, photos);
      await until(() => expect(seen(person, photos), step.name).toBe(true));
    }
    if (step.name === last) return;
  }
}
