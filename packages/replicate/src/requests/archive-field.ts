import type { TrainingSnapshot } from "@likeness/core";
import { z } from "zod";

/** The field of the input that takes the address of the archive, as the profile said when the order was placed. */
export const archiveField = (snapshot: TrainingSnapshot): string => fields.parse(snapshot).archiveField;

const fields = z.object({ archiveField: z.string().catch("input_images") });
