import { createLikeness } from "@likeness/core";
import { expect, it } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { recordingEvents } from "./recording-events.ts";

it("keeps every event in each phase, and the line about it, until it is stopped", async () => {
  const events = recordingEvents();
  const { ports, clock } = testPorts();
  const likeness = createLikeness(ports);
  await valueOf(likeness.start());
  const actor = "owner:1";
  const { id: avatarId } = await valueOf(
    likeness.avatars.create({ actor, kind: "style", gender: "unspecified", name: "Ada" }),
  );
  for (let number = 0; number < 10; number++)
    await valueOf(likeness.photos.add({ actor, avatarId, bytes: photoBytes() }));
  const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
  await clock.advance(1);
  events.stop();
  const told = events.lines().map((line): Record<string, unknown> => JSON.parse(line));
  const submits = told.filter((event) => event["orderId"] === id && event["method"] === "submit");
  expect(submits.length).toBeGreaterThanOrEqual(3);
  expect(told.filter(({ level }) => level !== undefined).length).toBeGreaterThan(0);
  const before = told.length;
  await valueOf(likeness.trainings.cancel({ actor, avatarId }));
  await clock.advance(60);
  await valueOf(likeness.stop({ graceMs: 0 }));
  expect(events.lines()).toHaveLength(before);
});
