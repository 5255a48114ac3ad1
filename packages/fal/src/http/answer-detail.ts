import { z } from "zod";
import { plainDetail } from "./plain-detail.ts";

/**
 * Reads `detail` of an error answer: a text or, from a model, a list of findings, of which only location and message
 * are used, because the rest repeats the input (https://fal.ai/docs/errors).
 */
export function answerDetail(body: unknown): string | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { detail } = parsed.data;
  return plainDetail(typeof detail === "string" ? detail : detail.map(describe).join("; ")) || undefined;
}

const describe = ({ loc, msg }: z.infer<typeof finding>): string => [loc?.join("."), msg].filter(Boolean).join(": ");

const finding = z.object({ loc: z.array(z.union([z.string(), z.number()])).nullish(), msg: z.string().nullish() });

const errorBody = z.object({ detail: z.union([z.string(), z.array(finding)]) });
