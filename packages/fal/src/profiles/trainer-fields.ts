import type { Profile, TrainingSnapshot } from "@likeness/core";
import { z } from "zod";

/** What fal's trainers name differently. */
export interface TrainerFields {
  /** Field of the input that takes the URL of the photo archive. */
  readonly archiveField: string;
  /** Field of the result that holds the weights file. */
  readonly weightsField: string;
  /** Field of the result that holds the training's configuration file, which is JSON. */
  readonly configField: string;
}

/** A trainer at fal, described as data. */
export interface FalProfile extends Profile, TrainerFields {
  readonly triggerField: string;
  /** The endpoint that makes images with the resulting weights. */
  readonly inferenceEndpoint: string;
  readonly pricePerStep: number;
}

/** The fields of the trainer of a profile, or of an order as they were when it was placed. */
export const trainerFields = (stated: TrainingSnapshot | Profile | TrainerFields): TrainerFields =>
  fields.parse(stated);

const fields = z.object({
  archiveField: z.string().catch("images_data_url"),
  weightsField: z.string().catch("diffusers_lora_file"),
  configField: z.string().catch("config_file"),
});
