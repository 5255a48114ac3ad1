import type { FalFake, FalFakeBehaviour, FalFakeControl } from "@likeness/fal/testing";
import { falBehaviours } from "./fal-behaviours.ts";
import { troublesOf, type Troubles } from "./troubles.ts";

/** The behaviours of the matrix, and worse ones. */
const requests = {
  ...falBehaviours,
  "429": { submit: { status: 429, retryAfter: 1 } },
  "no answer": { submit: "hang-after-accepting" },
  "unreadable answer": { submit: "garbage-after-accepting" },
  "lost request": { submit: "drop-before-accepting" },
  error: { outcome: "error" },
  "no result": { outcome: "ok-without-payload" },
  "webhook late": { webhook: { late: 5 } },
  "webhook garbled": { webhook: "garbled" },
} as const satisfies Record<string, FalFakeBehaviour>;

const pictures = {
  flagged: { picture: "flagged" },
  "flagged, webhook lost": { picture: "flagged", webhook: "lost" },
  black: { picture: "black" },
  unflagged: { picture: "unflagged" },
  truncated: { picture: "truncated" },
  "no picture": { picture: "html" },
  "content blocked": { outcome: "content-blocked" },
  "input gone": { outcome: "input-gone" },
  "content refused": { submit: "content-blocked" },
} as const satisfies Record<string, FalFakeBehaviour>;

const faults = {
  status: ["status", { status: 503 }, 3],
  result: ["result", { status: 500 }, 2],
  history: ["history", { status: 502 }, 2],
  "begin of an upload": ["upload-initiate", "drop", 2],
  upload: ["upload-bytes", { status: 503 }, 1],
  files: ["files", "drop", 2],
  keys: ["jwks", { status: 503 }, 2],
} as const satisfies Record<string, Parameters<FalFakeControl["fault"]>>;

export const falTroubles = ({ control }: FalFake): Troubles =>
  troublesOf<FalFakeBehaviour, Parameters<FalFakeControl["fault"]>>(
    { requests, pictures, faults },
    {
      next: (behaviour, { queue, training, picture }) => {
        control.next({ queueSeconds: queue, trainingSeconds: training, imageSeconds: picture, ...behaviour });
      },
      fault: (fault) => control.fault(...fault),
    },
  );
