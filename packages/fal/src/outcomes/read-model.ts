import type { Model } from "@likeness/core";
import { z } from "zod";
import { falFile, outcomeFile } from "./fal-file.ts";

/** The fields of a trainer's result that hold its files. */
export interface ModelFields {
  readonly weightsField: string;
  readonly configField: string;
}

/** The model in a trainer's result; `undefined` when its files are missing or their URLs are not allowed. */
export function readModel(result: unknown, { weightsField, configField }: ModelFields): Model | undefined {
  const parsed = z.object({ [weightsField]: falFile, [configField]: falFile.nullish() }).safeParse(result);
  const weights = parsed.data?.[weightsField];
  if (!weights) return undefined;
  const config = parsed.data?.[configField];
  return config ? { weights: outcomeFile(weights), config: outcomeFile(config) } : { weights: outcomeFile(weights) };
}
