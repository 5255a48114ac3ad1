import { contentCheck, type OrderKind } from "@likeness/core";
import { okAsync } from "neverthrow";

/**
 * A kind of order that only tests have. It differs from trainings in everything in which kinds can differ: nothing is
 * prepared for it, an avatar may have several under way, pictures come out of it, its end changes nothing else, and its
 * owner is told nothing.
 */
export const pictureKind: OrderKind = {
  name: "picture",
  mainFile: "first",
  messages: {},
  deadlines: ({ requestDeadlineSeconds: requested, unknownDeadlineSeconds: unknown, trainingDeadlineSeconds }) => ({
    requested,
    unknown,
    submitted: 0.75 * trainingDeadlineSeconds,
  }),
  timed: true,
  checks: () => [contentCheck()],
  end: () => okAsync(undefined),
  isInUse: () => okAsync(false),
};
