import { createHash } from "node:crypto";
import { contentCheck, type OrderKind, type OrderSnapshot } from "@likeness/core";
import { okAsync } from "neverthrow";

/** A kind of order for the matrix only: a picture by a generator, nothing is prepared for it, and nobody is told. */
export const pictureKind: OrderKind = {
  name: "picture",
  mainFile: "picture",
  messages: {},
  deadlineSeconds: ({ trainingDeadlineSeconds }) => trainingDeadlineSeconds,
  checks: () => [contentCheck()],
  end: () => okAsync(undefined),
  isInUse: () => okAsync(false),
};

/** The seed makes the input of an order differ from all others, so that its request can be found. */
export const pictureSnapshot = (key: string): OrderSnapshot => ({
  endpoint: "fal-ai/flux-lora",
  input: { prompt: "a person", seed: createHash("sha256").update(key).digest().readUInt32BE() },
});
