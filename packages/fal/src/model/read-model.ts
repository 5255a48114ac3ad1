import type { Model, OutcomeFile } from "@likeness/core";
import { z } from "zod";
import { isSecureUrl } from "../http/secure-url.ts";

/** The fields of a trainer's result that hold its files. */
export interface ModelFields {
  readonly weightsField: string;
  readonly configField: string;
}

/** The model in a trainer's result; `undefined` when its files are missing or their URLs are not allowed. */
export function readModel(result: unknown, { weightsField, configField }: ModelFields): Model | undefined {
  const parsed = z.object({ [weightsField]: file, [configField]: file.nullish() }).safeParse(result);
  const weights = parsed.data?.[weightsField];
  if (!weights) return undefined;
  const config = parsed.data?.[configField];
  return config ? { weights: modelFile(weights), config: modelFile(config) } : { weights: modelFile(weights) };
}

const modelFile = ({ url, file_size, content_type }: z.infer<typeof file>): OutcomeFile => ({
  url,
  ...(typeof file_size === "number" ? { bytes: file_size } : {}),
  ...(typeof content_type === "string" ? { contentType: content_type } : {}),
});

const file = z.object({
  url: z.string().refine(isSecureUrl),
  file_size: z.number().int().nonnegative().nullish(),
  content_type: z.string().nullish(),
});
