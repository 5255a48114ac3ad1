import type { Profile, TrainingSnapshot } from "@likeness/core";
import { z } from "zod";

/** The field of the input that takes the address of the archive: of a profile, or as it was when an order was placed. */
export const archiveField = (stated: TrainingSnapshot | Profile): string => fields.parse(stated).archiveField;

const fields = z.object({ archiveField: z.string().catch("input_images") });
