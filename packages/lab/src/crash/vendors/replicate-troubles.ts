import type { ReplicateFake, ReplicateFakeBehaviour } from "@likeness/replicate/testing";
import { replicateBehaviours } from "./replicate-behaviours.ts";
import { troublesOf, type TroubleMakers, type Troubles } from "./troubles.ts";
import type { RouteFault } from "./with-faults.ts";

/** The behaviours of the matrix, and worse ones. */
const requests = {
  ...replicateBehaviours,
  "429": { submit: { status: 429, retryAfter: 1 } },
  "lost request": { submit: "drop-before-accepting" },
  "500 without accepting": { submit: { status: 500 } },
  error: { outcome: "failed" },
  cancelled: { outcome: "canceled" },
  aborted: { outcome: "aborted" },
  "long log": { logBytes: 2_000_000 },
} as const satisfies Record<string, ReplicateFakeBehaviour>;

const pictures = {
  flagged: { outcome: "flagged" },
  "flagged, webhook lost": { outcome: "flagged", webhook: "none" },
  black: { outcome: "black" },
  "input gone": { outcome: "input-gone" },
} as const satisfies Record<string, ReplicateFakeBehaviour>;

const faults = {
  look: { method: "GET", path: /^\/v1\/(?:trainings|predictions)\/[^/]+$/, answer: 503, times: 3 },
  list: { method: "GET", path: /^\/v1\/(?:trainings|predictions)$/, answer: 502, times: 2 },
  destination: { method: "GET", path: /^\/v1\/models\//, answer: 500, times: 2 },
  upload: { method: "POST", path: /^\/v1\/files$/, answer: "drop", times: 2 },
  files: { method: "GET", path: /^\/_delivery\//, answer: "drop", times: 2 },
  secret: { method: "GET", path: /^\/v1\/webhooks\/default\/secret$/, answer: 503, times: 2 },
} as const satisfies Record<string, RouteFault>;

export const replicateTroubles = (
  { control }: ReplicateFake,
  fault: TroubleMakers<ReplicateFakeBehaviour, RouteFault>["fault"],
): Troubles =>
  troublesOf<ReplicateFakeBehaviour, RouteFault>(
    { requests, pictures, faults },
    {
      next: (behaviour, { queue, training }) =>
        control.next({ queueSeconds: queue, runSeconds: training, ...behaviour }),
      fault,
    },
  );
