import { describeProvider, type CreateProvider, type ScriptedSubmit } from "@likeness/testing";
import { fakeStage, origin } from "../__fixtures__/fake-stage.ts";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import type { ReplicateFakeStatus, ReplicateFakeSubmit } from "../testing/index.ts";

const submits = {
  refused: { status: 422 },
  deferred: { status: 429, retryAfter: 30 },
  lost: "drop-before-accepting",
  unconfirmed: "drop-after-accepting",
} as const satisfies Record<ScriptedSubmit, ReplicateFakeSubmit>;

const statuses = {
  queued: "starting",
  running: "processing",
  succeeded: "succeeded",
  failed: "failed",
} as const satisfies Record<string, ReplicateFakeStatus>;

const isPaid = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === "POST" && /\/(?:trainings|predictions)$/.test(path);

const createSubject: CreateProvider = async () => {
  const { provider, fake, clock } = fakeStage();
  fake.control.always({ outcome: "never" });
  return {
    provider,
    profile: replicateProfiles.portrait,
    picture: { recipe: replicateRecipes.image, weightsUrl: `${origin}/_delivery/1/flux-lora.tar` },
    clock,
    control: {
      answerNextSubmit: (answer) => fake.control.next({ submit: submits[answer], outcome: "never" }),
      submits: () => fake.requests.filter(isPaid).length,
      move: (requestId, to) => fake.control.move(requestId, statuses[to]),
      pass: (seconds) => clock.advance(seconds),
    },
  };
};

describeProvider("replicate", createSubject, ["training", "image"]);
