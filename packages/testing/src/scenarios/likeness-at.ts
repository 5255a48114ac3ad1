import { createLikeness, type Likeness, type Timestamp } from "@likeness/core";
import type { Stage } from "./stage.ts";

/** The commands of a stage at another time, without the work that would be done until then. */
export const likenessAt = ({ ports }: Pick<Stage, "ports">, moment: Timestamp): Likeness =>
  createLikeness({ ...ports, clock: { ...ports.clock, now: () => moment } });
