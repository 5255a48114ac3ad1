import { z } from "zod";

/** What a model objects to. */
export type Finding = z.infer<typeof finding>;

/**
 * The findings in an error answer: a list from a model, or one that is a text with a type beside it.
 * https://fal.ai/docs/errors, https://fal.ai/docs/documentation/model-apis/request-errors
 */
export function findingsIn(body: unknown): readonly Finding[] {
  const parsed = errorBody.safeParse(body).data;
  if (!parsed) return [];
  const { detail, error_type, type } = parsed;
  return typeof detail === "string" ? [{ msg: detail, type: error_type ?? type }] : detail;
}

const text = z.string().nullish().catch(undefined);

const finding = z.object({
  loc: z.array(z.union([z.string(), z.number()])).nullish(),
  msg: z.string().nullish(),
  type: text,
  /** Of a violation of the content rules, e.g. `violence`. */
  categories: z.array(z.string()).nullish().catch(undefined),
});

const errorBody = z.object({ detail: z.union([z.string(), z.array(finding)]), error_type: text, type: text });
