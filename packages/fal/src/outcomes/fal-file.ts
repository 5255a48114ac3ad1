import type { OutcomeFile } from "@likeness/core";
import { z } from "zod";
import { isSecureUrl } from "../http/secure-url.ts";

/** A file in the result of a model at fal, if its address is allowed. */
export const falFile = z.object({
  url: z.string().refine(isSecureUrl),
  file_size: z.number().int().nonnegative().nullish(),
  content_type: z.string().nullish(),
});

export const outcomeFile = ({ url, file_size, content_type }: z.infer<typeof falFile>): OutcomeFile => ({
  url,
  ...(typeof file_size === "number" ? { bytes: file_size } : {}),
  ...(typeof content_type === "string" ? { contentType: content_type } : {}),
});
