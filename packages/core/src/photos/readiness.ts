import type { PhotoLimits } from "../trainings/profile.ts";
import type { Photo } from "./photo.ts";

/** Whether an avatar has enough photos for a training. Computed, never stored. */
export interface Readiness {
  readonly accepted: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How many accepted photos are still missing; 0 means a training can start. */
  readonly missing: number;
}

export function readiness(photos: readonly Photo[], limits: PhotoLimits): Readiness {
  const accepted = photos.filter((photo) => photo.state.status === "accepted").length;
  return { accepted, ...limits, missing: Math.max(0, limits.minimum - accepted) };
}
