import type { Provider } from "@likeness/core";
import { describeProvider, testClock, type CreateProvider, type ScriptedSubmit } from "@likeness/testing";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { falRecipes } from "../recipes/fal-recipes.ts";
import type { FalFakeSubmit } from "../testing/index.ts";

const submits = {
  refused: { status: 422 },
  deferred: { status: 429, retryAfter: 1 },
  lost: "drop-before-accepting",
  unconfirmed: "drop-after-accepting",
} as const satisfies Record<ScriptedSubmit, FalFakeSubmit>;

const endpoints = [falProfiles.portrait.endpoint, falRecipes.image.endpoint].map((endpoint) => `/${endpoint}`);

const createSubject: CreateProvider = async () => {
  const clock = testClock();
  const { provider, fake } = await servedFake(clock);
  fake.control.always({ outcome: "never" });
  fake.control.history("all");
  const moves = {
    queued: () => undefined,
    running: (requestId: string) => fake.control.setProgress(requestId, 10),
    succeeded: (requestId: string) => fake.control.finish(requestId, "ok"),
    failed: (requestId: string) => fake.control.finish(requestId, "error"),
  };
  // The suite's photos are texts, of which the fake would say that they are no pictures.
  const prepare: Provider["prepare"] = (order, { name, entries }) =>
    provider.prepare(order, { name, entries: [...entries, aPhotoEntry("picture.jpg", 100)] });
  return {
    provider: { ...provider, prepare },
    profile: falProfiles.portrait,
    picture: { recipe: falRecipes.image },
    clock,
    control: {
      answerNextSubmit: (answer) => void fake.control.next({ submit: submits[answer], outcome: "never" }),
      submits: () => fake.requests.filter(({ path }) => endpoints.includes(path)).length,
      move: (requestId, to) => moves[to](requestId),
    },
  };
};

describeProvider("fal", createSubject, ["training", "image"]);
