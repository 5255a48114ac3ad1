import type { ReplicateFakeBehaviour } from "@likeness/replicate/testing";
import type { Behaviour } from "../behaviours.ts";

/** What each behaviour of the matrix is at Replicate. */
export const replicateBehaviours = {
  normal: {},
  "lost answer": { submit: "drop-after-accepting" },
  "504 after accepting": { submit: "504-after-accepting" },
  "504 without accepting": { submit: { status: 504 } },
  "webhook lost": { webhook: "none" },
  "webhook twice": { webhook: "twice" },
  "webhook first": { webhook: "before-answer" },
} as const satisfies Record<Behaviour, ReplicateFakeBehaviour>;
