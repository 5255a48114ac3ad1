import type { Provider } from "@likeness/core";
import { describeProvider, testClock, type ScriptedSubmit } from "@likeness/testing";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { falProfiles } from "../profiles/fal-profiles.ts";
import type { FalFakeSubmit } from "../testing/index.ts";

const submits = {
  refused: { status: 422 },
  deferred: { status: 429, retryAfter: 1 },
  lost: "drop-before-accepting",
  unconfirmed: "drop-after-accepting",
} as const satisfies Record<ScriptedSubmit, FalFakeSubmit>;

describeProvider("fal", async () => {
  const clock = testClock();
  const { provider, fake } = await servedFake(clock);
  fake.control.always({ outcome: "never" });
  fake.control.history("all");
  const moves = {
    queued: () => undefined,
    running: (requestId: string) => fake.control.setProgress(requestId, 100),
    succeeded: (requestId: string) => fake.control.finish(requestId, "ok"),
    failed: (requestId: string) => fake.control.finish(requestId, "error"),
  };
  // The suite's photos are texts, of which the fake would say that they are no pictures.
  const prepare: Provider["prepare"] = (order, { name, entries }) =>
    provider.prepare(order, { name, entries: [...entries, aPhotoEntry("picture.jpg", 100)] });
  return {
    provider: { ...provider, prepare },
    profile: falProfiles.portrait,
    clock,
    control: {
      answerNextSubmit: (answer) => fake.control.next({ submit: submits[answer], outcome: "never" }),
      submits: () => fake.requests.filter(({ path }) => path === `/${falProfiles.portrait.endpoint}`).length,
      move: (requestId, to) => moves[to](requestId),
    },
  };
});
