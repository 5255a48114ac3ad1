import type { FalFakeBehaviour } from "@likeness/fal/testing";
import type { Behaviour } from "../behaviours.ts";

/** What each behaviour of the matrix is at fal. */
export const falBehaviours = {
  normal: {},
  "lost answer": { submit: "drop-after-accepting" },
  "504 after accepting": { submit: "504-after-accepting" },
  "504 without accepting": { submit: { status: 504 } },
  "webhook lost": { webhook: "lost" },
  "webhook twice": { webhook: { repeat: 2, parallel: true } },
  "webhook first": { webhook: "before-answer", queueSeconds: 0, trainingSeconds: 0, imageSeconds: 0 },
} as const satisfies Record<Behaviour, FalFakeBehaviour>;
